import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type Answer, type House } from '#tests/support/house.ts'
import { violations } from '../integration/ledger/invariants.ts'
import { chargedPayment } from '../integration/payments/by-hand.ts'
import { EVERY_POST } from './every-post.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const PATH = '/api/v1/payments'
const DRAFT = { amount: 2_000, currency: 'eur' }

function expectUnavailable(answer: Answer): void {
	expect(answer, answer.text).toMatchObject({
		status: 503,
		body: {
			error: {
				type: 'api_error',
				code: 'unavailable',
				message: expect.stringContaining('Try again') as string,
			},
		},
	})
	expect(answer.headers.get('retry-after')).toBe('2')
}

/** What the API is asked while something is wrong: each kind of request, many at once. */
const ask = (paymentId: string): Promise<Answer>[] => [
	...Array.from({ length: 40 }, () => house.call('POST', PATH, DRAFT)),
	...Array.from({ length: 20 }, () => house.call('GET', `${PATH}/${paymentId}`)),
	...Array.from({ length: 4 }, () => house.call('POST', `${PATH}/${paymentId}/refund`, { amount: 100 })),
]

/** Everybody is told before the trouble is over, and then it works again, in the same process. */
async function expectRefusedMeanwhile(trouble: Promise<unknown>, paymentId: string): Promise<void> {
	let isOver = false
	const over = trouble.then(() => {
		isOver = true
	})
	const answers = await Promise.all(ask(paymentId))
	expect(isOver).toBe(false)
	for (const answer of answers) expectUnavailable(answer)
	await over
	const [created, read, refunded] = await Promise.all([
		house.call('POST', PATH, DRAFT),
		house.call('GET', `${PATH}/${paymentId}`),
		house.call('POST', `${PATH}/${paymentId}/refund`, { amount: 100 }),
	])
	expect([created.status, read.status, refunded.status]).toEqual([201, 200, 201])
}

test('D5: with every connection in use everybody is told to come back, and later they can', async () => {
	const paid = await chargedPayment(house)
	const { webPoolSize } = house.services.env.database
	const holders = [house.services.pool, house.services.requestPool].flatMap((pool) =>
		Array.from({ length: webPoolSize }, () => pool.query('select pg_sleep(4.5)')),
	)
	await expectRefusedMeanwhile(Promise.all(holders), paid)
})

test('D7: behind a lock on the table everybody is told to come back, and later they can', async () => {
	const paid = await chargedPayment(house)
	const locked = Promise.withResolvers<void>()
	const asked = Promise.withResolvers<void>()
	const holder = house.owner.transaction().execute(async (tx) => {
		await sql`lock table payments in access exclusive mode`.execute(tx)
		locked.resolve()
		await asked.promise
	})
	await locked.promise
	try {
		for (const answer of await Promise.all(ask(paid))) expectUnavailable(answer)
	} finally {
		asked.resolve()
		await holder
	}
	expect(await house.call('POST', PATH, DRAFT)).toMatchObject({ status: 201 })
	expect(await house.call('GET', `${PATH}/${paid}`)).toMatchObject({ status: 200 })
})

describe.each([
	['a deadlock', '40P01'],
	['a serialization failure', '40001'],
])('D8: %s', (_what, state) => {
	/** The next `count` transactions that announce something fail; a sequence forgets nothing when they roll back. */
	async function failNext(count: number): Promise<void> {
		await sql`create sequence trouble; grant usage on sequence trouble to app_rw`.execute(house.owner)
		await sql`
			create function trouble() returns trigger language plpgsql as $$
			begin
				if nextval('trouble') <= ${sql.lit(count)} then raise exception 'planted' using errcode = ${sql.lit(state)}; end if;
				return null;
			end $$`.execute(house.owner)
		await sql`create trigger trouble after insert on events for each statement execute function trouble()`.execute(
			house.owner,
		)
		await sql`create trigger trouble after insert on audit_log for each statement execute function trouble()`.execute(
			house.owner,
		)
	}
	const mend = () => sql`drop function trouble() cascade; drop sequence trouble`.execute(house.owner)

	test.each(EVERY_POST.map((each) => [each.name, each] as const))(
		'twice in a row nobody hears of it: %s',
		async (_name, { prepare, status }) => {
			const { path, body } = await prepare(house)
			await failNext(2)
			try {
				expect(await house.call('POST', path, body)).toMatchObject({ status })
			} finally {
				await mend()
			}
		},
	)

	test('again and again the caller is told to come back, and nothing was done', async () => {
		const paid = await chargedPayment(house)
		await failNext(1_000)
		const path = `${PATH}/${paid}/refund`
		const key = { 'idempotency-key': `${state} for ever` }
		try {
			expectUnavailable(await house.call('POST', PATH, DRAFT, key))
			expectUnavailable(await house.call('POST', path, {}, key))
		} finally {
			await mend()
		}
		expect(await house.call('POST', path, {}, key)).toMatchObject({ status: 201, body: { amount: 1_999 } })
	})
})

test('afterwards no promise is broken', async () => {
	// Nobody works off the queue here.
	const unworked = /^I(16|20) /
	expect((await violations(house.services.db)).filter((line) => !unworked.test(line))).toEqual([])
})
