import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { processPayment } from '#jobs/catalog/payments.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../integration/ledger/invariants.ts'
import { runNow, takePayment } from '../integration/payments/by-hand.ts'
import { CARD, EVERY_POST, isReplay, sendUnder, type Prepared } from './every-post.ts'
import { countRows } from './kept-rows.ts'
import { expectRefusal } from './refusal.ts'
import { addMerchant, type SecondMerchant } from './second-merchant.ts'

let house: House
let stranger: SecondMerchant
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	stranger = await addMerchant(house)
})
afterAll(() => house.close())

const PATH = '/api/v1/payments'
const post = (request: Prepared, key: string, headers = {}) => sendUnder(house, key, request, headers)

describe.each(EVERY_POST.map((each) => [each.name, each] as const))('%s', (_name, { prepare, status }) => {
	test('a failure that took the effect back keeps nothing: the next one is the first', async () => {
		const request = await prepare(house)
		const key = randomUUID()
		const before = await countRows(house)
		await sql`
			create function planted() returns trigger language plpgsql as $$
			begin raise exception 'planted' using errcode = 'XX000'; end $$`.execute(house.owner)
		await sql`create trigger planted before insert on events for each row execute function planted()`.execute(
			house.owner,
		)
		await sql`create trigger planted before insert on audit_log for each row execute function planted()`.execute(
			house.owner,
		)
		try {
			expectRefusal(await post(request, key), 500, { code: 'internal', type: 'api_error' })
			expect(await countRows(house)).toEqual(before)
		} finally {
			await sql`drop function planted() cascade`.execute(house.owner)
		}
		const mended = await post(request, key)
		expect(mended).toMatchObject({ status })
		expect(isReplay(mended)).toBe(false)
		await runNow(house, processPayment)
	})

	test('a failure after the effect is the answer: kept, named and replayed, and the effect stays one', async () => {
		const request = await prepare(house)
		const key = randomUUID()
		const table = request.path.endsWith('/refund') ? 'refunds' : 'payments'
		// Reads outside a writing transaction fail: the effect goes through, and the wait for its outcome does not.
		await sql`
			create function planted() returns boolean language plpgsql volatile as $$
			begin
				if pg_current_xact_id_if_assigned() is null then raise exception 'planted' using errcode = 'XX000'; end if;
				return true;
			end $$`.execute(house.owner)
		await sql`create policy planted on ${sql.table(table)} as restrictive for select to app_rw using (planted())`.execute(
			house.owner,
		)
		const before = await countRowsAsOwner()
		const failed = await post(request, key, { prefer: 'wait=1' })
		const meanwhile = await post(request, key)
		await sql`drop function planted() cascade`.execute(house.owner)

		expectRefusal(failed, 500, {
			code: 'internal',
			type: 'api_error',
			resource_id: expect.stringMatching(/^(pay|re)_/) as string,
		})
		expect(isReplay(failed)).toBe(false)
		for (const again of [
			meanwhile,
			await post(request, key),
			await post(request, key, { prefer: 'wait=1' }),
		]) {
			expect(again).toMatchObject({ status: 500, text: failed.text })
			expect(isReplay(again)).toBe(true)
		}
		expect(await countRowsAsOwner()).toEqual({ keys: before.keys + 1, events: expect.any(Number) as number })
		const { resource_id: resource } = failed.body['error'] as { resource_id: string }
		const kept = await sql`
			select id from payments where id = ${resource} union all select id from refunds where id = ${resource}`.execute(
			house.owner,
		)
		expect(kept.rows).toHaveLength(1)
		await runNow(house, processPayment)
	})
})

async function countRowsAsOwner(): Promise<{ keys: number; events: number }> {
	const { rows } = await sql<{ keys: number; events: number }>`
		select (select count(*)::int from idempotency_keys) as keys, (select count(*)::int from events) as events`.execute(
		house.owner,
	)
	return rows[0] ?? { keys: 0, events: 0 }
}

describe('a refused request keeps nothing, and its key is free for the mended one', () => {
	const REVIEWED = { ...CARD, amount: 600_000, currency: 'usd' }
	const HELD = { ...CARD, capture_method: 'manual' }

	/** The same request, too early and in time. */
	test.each([
		['capture', HELD, 200],
		['cancel', HELD, 200],
		['approve', REVIEWED, 200],
		['reject', REVIEWED, 200],
		['refund', CARD, 201],
	])('a %s that came too early', async (operation, fields, status) => {
		const id = await takePayment(house, fields)
		const request = { path: `${PATH}/${id}/${operation}`, body: {} }
		const key = randomUUID()
		const before = await countRows(house)
		expect(await post(request, key)).toMatchObject({ status: 409 })
		expect(await countRows(house)).toEqual(before)
		await runNow(house, processPayment)
		const answer = await post(request, key)
		expect(answer).toMatchObject({ status })
		expect(isReplay(answer)).toBe(false)
	})

	test.each(['confirm', 'capture', 'cancel', 'approve', 'reject', 'refund'])(
		'a %s of a payment nobody has, or of somebody else',
		async (operation) => {
			const id = await takePayment(house, { confirm: false })
			const before = await countRows(house)
			const key = randomUUID()
			const nobody = `${PATH}/pay_01h455vb4pex5vsknk084sn02q/${operation}`
			expect(await post({ path: nobody, body: {} }, key)).toMatchObject({ status: 404 })
			const theirs = { path: `${PATH}/${id}/${operation}`, body: {} }
			expect(await post(theirs, key, stranger.headers)).toMatchObject({ status: 404 })
			expect(await countRows(house)).toEqual(before)
		},
	)

	test('a confirmation without a method', async () => {
		const { body } = await house.call('POST', PATH, { amount: 2_000, currency: 'eur' })
		const path = `${PATH}/${String(body['id'])}/confirm`
		const key = randomUUID()
		expect(await post({ path, body: {} }, key)).toMatchObject({ status: 400 })
		const mended = await post({ path, body: { payment_method: 'pm_card_visa' } }, key)
		expect(mended).toMatchObject({ status: 200, body: { status: 'screening' } })
		await runNow(house, processPayment)
	})
})

test('afterwards no promise is broken', async () => {
	// Nobody works off the queue here.
	const unworked = /^I(16|20) /
	expect((await violations(house.services.db)).filter((line) => !unworked.test(line))).toEqual([])
})
