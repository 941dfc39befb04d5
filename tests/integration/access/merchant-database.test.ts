import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#db/client.ts'
import { accountOwner, oldestPayment } from '#db/queries/reconciliation-runs.ts'
import type { DB } from '#db/schema.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { addMerchant, type SecondMerchant } from '../../http/second-merchant.ts'

let house: House
let stranger: SecondMerchant
let theirs: string
let db: Kysely<DB>
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	stranger = await addMerchant(house)
	const body = { amount: 1_999, currency: 'eur' }
	theirs = String((await house.call('POST', '/api/v1/payments', body, stranger.headers)).body['id'])
	await house.call('POST', '/api/v1/payments', body)
	db = house.composed.forMerchant(house.demo.merchantId, false).db
})
afterAll(() => house.close())

/** Every table whose rows belong to a merchant, by the column that says to which. */
async function ownedTables(): Promise<{ name: string; column: string }[]> {
	const { rows } = await sql<{ name: string }>`
		select c.relname as name from pg_class c
		join pg_namespace n on n.oid = c.relnamespace
		join pg_attribute a on a.attrelid = c.oid and a.attname = 'merchant_id' and not a.attisdropped
		where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`.execute(house.owner)
	return [...rows.map(({ name }) => ({ name, column: 'merchant_id' })), { name: 'merchants', column: 'id' }]
}

const countOf = async (on: Kysely<DB>, table: string): Promise<bigint> => {
	const { rows } = await sql<{ count: bigint }>`select count(*) as count from ${sql.table(table)}`.execute(on)
	return rows[0]?.count ?? -1n
}

describe('the database of one merchant', () => {
	test('shows no row of another, in any table, without a filter', async () => {
		const tables = await ownedTables()
		expect(tables.length).toBeGreaterThan(20)
		for (const { name, column } of tables) {
			const { rows } = await sql<{ owner: string }>`
				select distinct ${sql.ref(column)} as owner from ${sql.table(name)}`.execute(db)
			for (const { owner } of rows) expect(owner, name).toBe(house.demo.merchantId)
		}
		expect(await countOf(db, 'payments')).toBe(1n)
		expect(await countOf(house.services.db, 'payments')).toBe(2n)
	})

	test('shows the same in a transaction', async () => {
		await inTransaction(db, async (tx) => {
			expect(await tx.selectFrom('payments').select('merchant_id').execute()).toEqual([
				{ merchant_id: house.demo.merchantId },
			])
		})
	})

	test('changes and removes nothing of another', async () => {
		const changed = await db.updateTable('payments').set({ description: 'taken over' }).executeTakeFirst()
		expect(changed.numUpdatedRows).toBe(1n)
		const removed = await db.deleteFrom('api_keys').where('merchant_id', '=', stranger.merchantId).execute()
		expect(removed[0]?.numDeletedRows).toBe(0n)
		const untouched = await house.owner
			.selectFrom('payments')
			.select('description')
			.where('id', '=', theirs)
			.executeTakeFirstOrThrow()
		expect(untouched.description).toBeNull()
	})

	test('writes no row for another, nor hands one over', async () => {
		const insert = db.insertInto('refund_limits').values({
			merchant_id: stranger.merchantId,
			currency: 'eur',
			approval_above_minor: 1n,
			updated_by: 'console:usr_test',
		})
		await expect(insert.execute()).rejects.toMatchObject({ code: '42501' })
		const handOver = db.updateTable('payments').set({ merchant_id: stranger.merchantId })
		await expect(handOver.execute()).rejects.toMatchObject({ code: '42501' })
	})

	test('keeps what it writes outside a transaction, and nothing of what fails', async () => {
		await db
			.insertInto('refund_limits')
			.values({
				merchant_id: house.demo.merchantId,
				currency: 'jpy',
				approval_above_minor: 1n,
				updated_by: 'console:usr_test',
			})
			.execute()
		expect(await countOf(house.owner, 'refund_limits')).toBe(1n)
		await expect(sql`select 1 / 0`.execute(db)).rejects.toMatchObject({ code: '22012' })
		expect(await countOf(db, 'refund_limits')).toBe(1n)
	})

	test('leaves its context on no connection it used', async () => {
		const before = await countOf(db, 'payments')
		const other = house.composed.forMerchant(stranger.merchantId, false).db
		const counts = await Promise.all(
			Array.from({ length: 40 }, (_, index) => countOf(index % 2 === 0 ? db : other, 'payments')),
		)
		expect(counts).toEqual(counts.map(() => before))
		const { rows } = await house.composed.requestPool.query('select count(*) as count from payments')
		expect(rows).toEqual([{ count: 0n }])
	})

	test.each(['*', 'test', 'live', '', "' or true --"])('is not had for “%s”', (merchantId) => {
		expect(() => house.composed.forMerchant(merchantId, false)).toThrow('no merchant')
	})
})

test('what a request may know of the whole house leaves it with its own rows', async () => {
	await inTransaction(db, async (tx) => {
		expect(await accountOwner(tx)).toBe(house.demo.merchantId)
		expect(await oldestPayment(tx, 'stripe')).toBeInstanceOf(Date)
		expect(await countOf(tx, 'payments')).toBe(1n)
	})
	expect(await accountOwner(house.composed.forMerchant(stranger.merchantId, false).db)).toBe(house.demo.merchantId)
})
