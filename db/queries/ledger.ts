import { sql } from 'kysely'
import type { AccountKind, Journal, JournalLine } from '../../app/domain/ledger/journal.ts'
import { newId } from '../../app/domain/ids/new-id.ts'
import type { Executor, Tx } from '../client.ts'
import { toJson } from './payments.ts'

type NewAccount = { id: string; merchant_id: string; kind: AccountKind; currency: string; gateway: string }
type Account = NewAccount & { entry_count: bigint }

/** Only what a gateway holds is kept apart by gateway. */
const gatewayOf = (kind: AccountKind, gateway: string): string => (kind === 'gateway_clearing' ? gateway : '')

const keyOf = ({ merchant_id, kind, currency, gateway }: Omit<NewAccount, 'id'>) =>
	`${merchant_id} ${kind} ${currency} ${gateway}`

/**
 * Accounts are opened on first use and locked in id order. Opening comes before any lock, and in one order as well:
 * whoever waits for another's opening holds nothing that the other could wait for.
 */
async function lockAccounts(
	tx: Tx,
	journals: readonly Pick<Journal, 'merchantId' | 'gateway' | 'lines'>[],
): Promise<Map<string, Account>> {
	const wanted = new Map<string, NewAccount>()
	for (const { merchantId: merchant_id, gateway: name, lines } of journals) {
		for (const { account: kind, currency } of lines) {
			const account = { merchant_id, kind, currency, gateway: gatewayOf(kind, name) }
			const key = keyOf(account)
			if (!wanted.has(key)) wanted.set(key, { id: newId('acc'), ...account })
		}
	}
	const list = toJson([...wanted.values()])
	const isWanted = sql`(a.merchant_id, a.kind, a.currency, a.gateway) in (
		select merchant_id, kind, currency, gateway from jsonb_populate_recordset(null::ledger_accounts, ${list}::jsonb))`
	const open = await sql`select from ledger_accounts a where ${isWanted}`.execute(tx)
	if (open.rows.length < wanted.size) {
		await sql`
			insert into ledger_accounts (id, merchant_id, kind, currency, gateway)
			select id, merchant_id, kind, currency, gateway
			from jsonb_populate_recordset(null::ledger_accounts, ${list}::jsonb)
			order by merchant_id, kind, currency, gateway
			on conflict (merchant_id, kind, currency, gateway) do nothing`.execute(tx)
	}
	const { rows } = await sql<Account>`
		select a.id, a.merchant_id, a.kind, a.currency, a.gateway, a.entry_count
		from ledger_accounts a where ${isWanted} order by a.id for update`.execute(tx)
	return new Map(rows.map((row) => [keyOf(row), row]))
}

/**
 * Locks accounts ahead of postings that follow each other in one transaction: locked one posting at a time, they and
 * the audit chain would be taken in two orders, and two transactions could wait for each other.
 */
export async function lockAccountsFor(
	tx: Tx,
	{
		accounts,
		...owner
	}: Pick<Journal, 'merchantId' | 'gateway'> & { accounts: readonly Omit<JournalLine, 'amountMinor'>[] },
): Promise<void> {
	const lines = accounts.map((account) => ({ ...account, amountMinor: 0n }))
	await lockAccounts(tx, [{ ...owner, lines }])
}

/**
 * Posts journals: entries are appended and each touched balance moves once, however many journals the batch has.
 * Returns the transaction id of each journal. A second posting of the same fact fails on its unique key.
 */
export async function postJournals(tx: Tx, journals: readonly Journal[]): Promise<string[]> {
	if (journals.length === 0) return []
	const accounts = await lockAccounts(tx, journals)
	const seqs = new Map([...accounts.values()].map((account) => [account.id, account.entry_count]))
	const deltas = new Map<string, bigint>()
	const entries: object[] = []
	const transactions = journals.map((journal) => {
		const id = newId('txn')
		for (const line of journal.lines) {
			const account = accounts.get(
				keyOf({
					merchant_id: journal.merchantId,
					kind: line.account,
					currency: line.currency,
					gateway: gatewayOf(line.account, journal.gateway),
				}),
			)
			if (!account) throw new Error(`no ledger account ${line.account}`)
			const seq = (seqs.get(account.id) ?? 0n) + 1n
			seqs.set(account.id, seq)
			deltas.set(account.id, (deltas.get(account.id) ?? 0n) + line.amountMinor)
			entries.push({
				id: newId('ent'),
				tx_id: id,
				merchant_id: journal.merchantId,
				account_id: account.id,
				account_seq: seq,
				amount_minor: line.amountMinor,
				currency: line.currency,
			})
		}
		const { kind, sourceType: source_type, sourceId: source_id, merchantId: merchant_id } = journal
		return { id, kind, source_type, source_id, merchant_id }
	})
	await sql`
		insert into ledger_transactions (id, merchant_id, kind, source_type, source_id)
		select id, merchant_id, kind, source_type, source_id
		from jsonb_populate_recordset(null::ledger_transactions, ${toJson(transactions)}::jsonb)`.execute(tx)
	await sql`
		insert into ledger_entries (id, tx_id, merchant_id, account_id, account_seq, amount_minor, currency)
		select id, tx_id, merchant_id, account_id, account_seq, amount_minor, currency
		from jsonb_populate_recordset(null::ledger_entries, ${toJson(entries)}::jsonb)`.execute(tx)
	const balances = [...deltas].map(([id, delta]) => ({ id, delta, count: seqs.get(id) }))
	await sql`
		update ledger_accounts a set balance_minor = a.balance_minor + b.delta, entry_count = b.count
		from jsonb_to_recordset(${toJson(balances)}::jsonb) as b (id text, delta bigint, count bigint)
		where a.id = b.id`.execute(tx)
	return transactions.map((transaction) => transaction.id)
}

/** Whether a fact is booked already. Lock what it is about before asking. */
export async function hasPosting(
	tx: Tx,
	{ sourceType, sourceId, kind }: Pick<Journal, 'sourceType' | 'sourceId' | 'kind'>,
): Promise<boolean> {
	const { rows } = await sql`
		select from ledger_transactions
		where source_type = ${sourceType} and source_id = ${sourceId} and kind = ${kind}`.execute(tx)
	return rows.length > 0
}

export type PostingRow = {
	id: string
	kind: string
	source_id: string
	created_at: Date
	account: AccountKind
	amount_minor: bigint
	currency: string
}

/** Every entry about a payment, its refunds and its disputes, oldest first. */
export async function listPostings(db: Executor, paymentId: string): Promise<PostingRow[]> {
	const { rows } = await sql<PostingRow>`
		select t.id, t.kind, t.source_id, t.created_at, a.kind as account, e.amount_minor, e.currency
		from ledger_transactions t
		join ledger_entries e on e.tx_id = t.id
		join ledger_accounts a on a.id = e.account_id
		where (t.source_type = 'payment' and t.source_id = ${paymentId})
			or (t.source_type = 'refund' and t.source_id in (select id from refunds where payment_id = ${paymentId}))
			or (t.source_type = 'dispute' and t.source_id in (select id from disputes where payment_id = ${paymentId}))
		order by t.id, e.currency, e.amount_minor desc`.execute(db)
	return rows
}

/** What the gateway charged for each of these payments, in the payment's currency; payments without a fee are left out. */
export async function feesOf(db: Executor, paymentIds: readonly string[]): Promise<Map<string, bigint>> {
	const { rows } = await sql<{ id: string; fee: bigint }>`
		select t.source_id as id, sum(e.amount_minor)::bigint as fee
		from ledger_transactions t
		join ledger_entries e on e.tx_id = t.id
		join ledger_accounts a on a.id = e.account_id
		where t.source_type = 'payment' and t.source_id = any(${paymentIds}) and a.kind = 'fees'
		group by t.source_id`.execute(db)
	return new Map(rows.map((row) => [row.id, row.fee]))
}
