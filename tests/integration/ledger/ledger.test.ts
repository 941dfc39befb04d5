import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { captureJournal } from '#app/domain/ledger/journal.ts'
import { newId } from '#app/domain/ids/new-id.ts'
import { settleOutcomes } from '#app/commands/payments/settle-outcomes.server.ts'
import { inTransaction, type Tx } from '#db/client.ts'
import { postJournals } from '#db/queries/ledger.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { screened, takePayment } from '../payments/by-hand.ts'
import { EVERY_INVARIANT, violations } from './invariants.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const capture = (sourceId: string, amountMinor: bigint, currency = 'usd') =>
	captureJournal(
		{ merchantId: house.demo.merchantId, gateway: 'stripe', sourceId, currency, amountMinor },
		30n,
	)
const post = (...journals: ReturnType<typeof capture>[]) =>
	inTransaction(house.services.db, (tx) => postJournals(tx, journals))

const LEDGER = ['I01', 'I02', 'I03', 'I04', 'I05', 'I06', 'I07', 'I08'] as const

/** Writes one entry past the code that knows how. */
async function bareEntry(tx: Tx, txId: string, kind: string, amount: bigint): Promise<void> {
	await sql`
		insert into ledger_entries (id, tx_id, merchant_id, account_id, account_seq, amount_minor, currency)
		select ${newId('ent')}, ${txId}, merchant_id, id, entry_count + 1, ${amount}, currency from ledger_accounts
		where kind = ${kind} and currency = 'usd'`.execute(tx)
}

const bareTransaction = (tx: Tx, id: string) =>
	sql`insert into ledger_transactions (id, merchant_id, kind, source_type, source_id)
		values (${id}, ${house.demo.merchantId}, 'capture', 'payment', ${id})`.execute(tx)

describe('the database keeps the books', () => {
	test('a transaction that does not sum to zero is refused when it commits, not before', async () => {
		await post(capture('pay_first', 1_000n))
		const id = newId('txn')
		let written = false
		const unbalanced = inTransaction(house.services.db, async (tx) => {
			await bareTransaction(tx, id)
			await bareEntry(tx, id, 'gateway_clearing', 100n)
			await bareEntry(tx, id, 'merchant_balance', -99n)
			written = true
		})
		await expect(unbalanced).rejects.toThrow(`ledger transaction ${id} does not sum to zero`)
		expect(written).toBe(true)
		const left = await house.services.db
			.selectFrom('ledger_entries')
			.selectAll()
			.where('tx_id', '=', id)
			.execute()
		expect(left).toEqual([])
	})

	test('the same fact is posted once', async () => {
		await post(capture('pay_once', 1_000n))
		await expect(post(capture('pay_once', 1_000n))).rejects.toMatchObject({
			constraint: 'ledger_transactions_source_type_source_id_kind_key',
		})
		expect(await violations(house.services.db, LEDGER)).toEqual([])
	})

	test.each(['ledger_entries', 'ledger_transactions'])('%s is append-only', async (table) => {
		await post(capture(`pay_${table}`, 500n))
		const changes = [
			`update ${table} set created_at = now()`,
			`delete from ${table}`,
			`truncate ${table} cascade`,
		]
		for (const change of changes) {
			await expect(sql.raw(change).execute(house.owner)).rejects.toThrow('is append-only')
			await expect(sql.raw(change).execute(house.services.db)).rejects.toThrow('permission denied')
		}
	})

	test('an entry cannot carry another currency than its account', async () => {
		const id = newId('txn')
		const foreign = inTransaction(house.services.db, async (tx) => {
			await bareTransaction(tx, id)
			await sql`
				insert into ledger_entries (id, tx_id, merchant_id, account_id, account_seq, amount_minor, currency)
				select ${newId('ent')}, ${id}, merchant_id, id, entry_count + 1, 1, 'jpy' from ledger_accounts
				where kind = 'fees' and currency = 'usd'`.execute(tx)
		})
		await expect(foreign).rejects.toMatchObject({
			constraint: 'ledger_entries_account_id_merchant_id_currency_fkey',
		})
	})
})

describe('many at once', () => {
	test('20 postings in 20 transactions, two currencies: balances are sums and numbers have no gaps', async () => {
		await Promise.all(
			Array.from({ length: 20 }, (_, n) =>
				post(capture(`pay_p${n}`, BigInt(1_000 + n), n % 2 ? 'chf' : 'usd')),
			),
		)
		expect(await violations(house.services.db, LEDGER)).toEqual([])
		const { rows } = await sql<{ count: bigint }>`
			select count(*) as count from ledger_transactions where source_id like 'pay_p%'`.execute(house.services.db)
		expect(rows).toEqual([{ count: 20n }])
	})

	test('20 settlements in 20 transactions, each of them twice', async () => {
		const ids = await Promise.all(Array.from({ length: 20 }, () => takePayment(house, { currency: 'gbp' })))
		const charges = await Promise.all(ids.map((id) => screened(house, id)))
		const settlements = charges.map((charge) => ({
			attemptId: charge.attemptId,
			outcome: {
				kind: 'captured' as const,
				ref: `pi_${charge.attemptId}`,
				chargeRef: null,
				amountMinor: charge.amountMinor,
				currency: charge.currency,
				feeMinor: 59n,
			},
			cause: { kind: 'job', ref: 'test' } as const,
			job: null,
		}))
		const settled = await Promise.all(
			[...settlements, ...settlements].map((settlement) => settleOutcomes(house.services, [settlement])),
		)
		expect(settled.flat().map(({ status }) => status)).toEqual(Array(40).fill('succeeded'))
		// The bare postings above have no audit rows, and nobody works off the queue here.
		const checked = EVERY_INVARIANT.filter((name) => name !== 'I25' && name !== 'I20')
		expect(await violations(house.services.db, checked)).toEqual([])
		const accounts = await house.services.db
			.selectFrom('ledger_accounts')
			.select(['kind', 'balance_minor', 'entry_count'])
			.where('currency', '=', 'gbp')
			.orderBy('kind')
			.execute()
		expect(accounts).toEqual([
			{ kind: 'fees', balance_minor: 1_180n, entry_count: 20n },
			{ kind: 'gateway_clearing', balance_minor: 38_800n, entry_count: 20n },
			{ kind: 'merchant_balance', balance_minor: -39_980n, entry_count: 20n },
		])
	})
})
