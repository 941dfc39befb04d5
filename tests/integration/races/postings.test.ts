import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { captureJournal, refundReserveJournal, type Journal } from '#app/domain/ledger/journal.ts'
import { inTransaction } from '#db/client.ts'
import { postJournals } from '#db/queries/ledger.ts'
import { addMerchant } from '#tests/http/second-merchant.ts'
import { times } from '#tests/support/sizes.ts'
import { violations } from '../ledger/invariants.ts'
import { AT_ONCE, openPair, rounds, type Pair } from './two-instances.ts'

let pair: Pair
let merchants: string[]
beforeAll(async () => {
	pair = await openPair({ worker: false })
	const { merchantId } = await addMerchant(pair.houses[0])
	merchants = [pair.houses[0].demo.merchantId, merchantId]
})
afterAll(() => pair.close())

const LEDGER = ['I01', 'I02', 'I03', 'I04', 'I05', 'I06', 'I07', 'I08'] as const

/** Transactions of one to five journals, over accounts in any order: A then B meets B then A. */
const transactionsOf = (currencies: readonly string[]) => {
	const journal = fc
		.record({
			merchantId: fc.constantFrom(...merchants),
			currency: fc.constantFrom(...currencies),
			amountMinor: fc.bigInt({ min: 1n, max: 10n ** 12n }),
			captures: fc.boolean(),
		})
		.map(({ captures, ...rest }) =>
			captures
				? captureJournal({ ...rest, gateway: 'stripe', sourceId: newId('pay') }, rest.amountMinor / 30n)
				: refundReserveJournal({ ...rest, gateway: 'stripe', sourceId: newId('re') }),
		)
	return fc.array(fc.array(journal, { minLength: 1, maxLength: 5 }), {
		minLength: AT_ONCE,
		maxLength: AT_ONCE,
	})
}

type Balances = Record<string, { balance: bigint; entries: bigint }>

const nameOf = (merchant: string, kind: string, currency: string) => `${merchant} ${kind} ${currency}`

/** What the accounts must hold, added up without a database. */
function expectedBalances(journals: readonly Journal[]): Balances {
	const balances: Balances = {}
	for (const { merchantId, lines } of journals) {
		for (const { account, amountMinor, currency } of lines) {
			const name = nameOf(merchantId, account, currency)
			const { balance, entries } = balances[name] ?? { balance: 0n, entries: 0n }
			balances[name] = { balance: balance + amountMinor, entries: entries + 1n }
		}
	}
	return balances
}

async function balancesIn(currencies: readonly string[]): Promise<Balances> {
	const rows = await pair.houses[0].services.db
		.selectFrom('ledger_accounts')
		.selectAll()
		.where('currency', 'in', currencies)
		.execute()
	return Object.fromEntries(
		rows.map((row) => [
			nameOf(row.merchant_id, row.kind, row.currency),
			{ balance: row.balance_minor, entries: row.entry_count },
		]),
	)
}

const deadlocks = async (): Promise<number> => {
	const row = await pair.houses[0].owner
		.selectFrom('pg_stat_database' as never)
		.select('deadlocks' as never)
		.where('datname' as never, '=', new URL(pair.houses[0].databaseUrl).pathname.slice(1) as never)
		.executeTakeFirstOrThrow()
	return Number((row as { deadlocks: string }).deadlocks)
}

// Three letters of its own for each round: its accounts are opened in the rush as well.
const currenciesOf = (round: number): string[] =>
	['a', 'b', 'c'].map(
		(letter) => letter + String.fromCharCode(97 + Math.floor(round / 26), 97 + (round % 26)),
	)

test.each(rounds(times(6, 120)))(
	'C6, round %i: 64 crossing transactions, and every balance is the sum of its entries',
	async (round) => {
		const currencies = currenciesOf(round)
		const [transactions = []] = fc.sample(transactionsOf(currencies), { numRuns: 1, seed: round })
		await Promise.all(
			transactions.map((journals, index) =>
				inTransaction(pair.houses[index % 2 === 0 ? 0 : 1].services.db, (tx) => postJournals(tx, journals)),
			),
		)
		expect(await balancesIn(currencies)).toEqual(expectedBalances(transactions.flat()))
		expect(await violations(pair.houses[0].services.db, LEDGER)).toEqual([])
	},
)

test('the accounts are locked in one order: nothing had to be tried again', async () => {
	expect(await deadlocks()).toBe(0)
})
