import { sql } from 'kysely'
import { expect } from 'vitest'
import type { House } from '#tests/support/house.ts'

/** Every balance is the sum of its entries, every transaction sums to zero, and payments agree with their refunds. */
export async function expectBalancedBooks({ services }: House): Promise<void> {
	const { rows: wrongAccounts } = await sql`
		select a.id, a.balance_minor, a.entry_count, sum(e.amount_minor) as entries, count(e.id) as number
		from ledger_accounts a left join ledger_entries e on e.account_id = a.id
		group by a.id
		having a.balance_minor <> coalesce(sum(e.amount_minor), 0) or a.entry_count <> count(e.id)`.execute(
		services.db,
	)
	expect(wrongAccounts).toEqual([])
	const { rows: wrongTransactions } = await sql`
		select tx_id, currency from ledger_entries
		group by tx_id, currency having sum(amount_minor) <> 0`.execute(services.db)
	expect(wrongTransactions).toEqual([])
	const { rows: wrongPayments } = await sql`
		select p.id, p.captured_minor, p.refund_reserved_minor, p.refunded_minor
		from payments p left join refunds r on r.payment_id = p.id
		group by p.id
		having p.refund_reserved_minor <> coalesce(sum(r.amount_minor) filter (where r.status not in ('failed', 'canceled')), 0)
			or p.refunded_minor <> coalesce(sum(r.amount_minor) filter (where r.status = 'succeeded'), 0)
			or p.refund_reserved_minor > p.captured_minor`.execute(services.db)
	expect(wrongPayments).toEqual([])
}

/** Balance of the merchant's account of each kind in one currency. */
export async function balancesOf({ services }: House, currency: string): Promise<Record<string, bigint>> {
	const rows = await services.db
		.selectFrom('ledger_accounts')
		.select(['kind', 'balance_minor'])
		.where('currency', '=', currency)
		.execute()
	return Object.fromEntries(rows.map((row) => [row.kind, row.balance_minor]))
}
