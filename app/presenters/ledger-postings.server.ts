import type { PostingRow } from '#db/queries/ledger.ts'
import type { LedgerPosting } from '../contracts/console.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'

/** Entries, gathered by the posting they belong to. */
export function postingViews(rows: readonly PostingRow[]): LedgerPosting[] {
	const byId = Map.groupBy(rows, (row) => row.id)
	return [...byId].map(([id, entries]) => ({
		id,
		kind: entries[0]?.kind ?? '',
		at: entries[0]?.created_at.getTime() ?? 0,
		entries: entries.map((entry) => ({
			account: entry.account,
			amount: jsonAmount(entry.amount_minor),
			currency: entry.currency,
		})),
	}))
}
