import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NEXT_STATE, PAYMENT_STATES, STARTING_STATES } from '#app/domain/payments/payment-state.ts'
import { newId } from '#app/domain/ids/new-id.ts'
import type { Executor } from '#db/client.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { takePayment } from './by-hand.ts'

let house: House
let template: string
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	template = await takePayment(house, { amount: 100, confirm: false })
})
afterAll(() => house.close())

const edgesOfCode = new Set([
	...STARTING_STATES.map((state) => `none ${state}`),
	...PAYMENT_STATES.flatMap((from) => Object.values(NEXT_STATE[from]).map((to: string) => `${from} ${to}`)),
])

test('the edges of the code are the rows of payment_edges', async () => {
	const rows = await house.services.db.selectFrom('payment_edges').selectAll().execute()
	expect(new Set(rows.map((row) => `${row.from_status} ${row.to_status}`))).toEqual(edgesOfCode)
})

const isEnd = (status: string) => ['succeeded', 'failed', 'canceled'].includes(status)

/** A copy of the template in another state, with the money and the end that state must have. */
function birth(executor: Executor, id: string, status: string) {
	const differs = {
		id,
		status,
		captured_minor: status === 'succeeded' ? 100 : 0,
		terminal_at: isEnd(status) ? new Date() : null,
	}
	return sql`
		insert into payments select copy.* from payments p
		cross join jsonb_populate_record(p, ${JSON.stringify(differs)}::jsonb) copy
		where p.id = ${template}`.execute(executor)
}

class Undone extends Error {}

/** Moves a payment behind the back of the code, then takes it all back; null = it was let through. */
async function refusal(from: string, to: string): Promise<string | null> {
	const id = newId('pay')
	const move = house.owner.transaction().execute(async (tx) => {
		// How it came to be in `from` is not the question here.
		await sql`alter table payments disable trigger payments_history_kept`.execute(tx)
		await birth(tx, id, from)
		await sql`alter table payments enable trigger payments_history_kept`.execute(tx)
		await sql`
			update payments set status = ${to}, captured_minor = ${to === 'succeeded' ? 100 : 0},
				terminal_at = ${isEnd(to) ? new Date() : null} where id = ${id}`.execute(tx)
		throw new Undone()
	})
	const error: unknown = await move.catch((thrown: unknown) => thrown)
	if (error instanceof Undone) return null
	return (error as { constraint?: string }).constraint ?? String(error)
}

test.each(PAYMENT_STATES)(
	'the database itself refuses every forbidden move of a %s payment',
	async (from) => {
		for (const to of PAYMENT_STATES) {
			if (to === from) continue
			const expected = edgesOfCode.has(`${from} ${to}`) ? null : 'payment_history_from_status_to_status_fkey'
			expect([to, await refusal(from, to)]).toEqual([to, expected])
		}
	},
)

test.each(PAYMENT_STATES.filter((state) => !STARTING_STATES.some((start) => start === state)))(
	'no payment is born %s',
	async (status) => {
		await expect(birth(house.services.db, newId('pay'), status)).rejects.toMatchObject({
			constraint: 'payment_history_from_status_to_status_fkey',
		})
	},
)

test('history cannot be rewritten', async () => {
	for (const change of [
		"update payment_history set cause_ref = 'someone else'",
		'delete from payment_history',
	]) {
		await expect(sql.raw(change).execute(house.owner)).rejects.toThrow(/append-only/)
		await expect(sql.raw(change).execute(house.services.db)).rejects.toThrow('permission denied')
	}
})
