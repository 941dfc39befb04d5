import { z } from 'zod'
import type { ActionGroup } from '../domain/audit/action-groups.ts'
import { page, text } from './payment-requests.ts'

/** A place in the record is the number of one of its rows. */
const RowNumber = z.string().regex(/^[1-9]\d{0,17}$/, 'is not the number of a row')

const MOST_SKIPPED = 10_000

/** Query of GET /api/v1/audit and of GET /api/v1/transactions/:id/audit-logs. */
export const ListAudit = z.strictObject({
	...page(RowNumber),
	/** For clients that count pages. A cursor stays right while rows are added, and reaches further. */
	offset: z
		.string()
		.regex(/^\d{1,5}$/, 'is not a whole number')
		.transform(Number)
		.pipe(z.int().max(MOST_SKIPPED, `is above ${MOST_SKIPPED}: go on with starting_after`))
		.optional(),
	actor: text(64).optional(),
	subject: text(64).optional(),
})
export type ListAudit = z.infer<typeof ListAudit>

/** As in the URL of /console/audit; an absent key does not filter. Days are those of UTC. */
export type AuditFilters = {
	by?: string
	group?: ActionGroup
	subject?: string
	from?: string
	until?: string
	q?: string
	starting_after?: string
	ending_before?: string
}

export type AuditChange = { name: string; before: string | null; after: string | null }

export type AuditLine = {
	/** Its number in the record. */
	row: string
	/** Unix milliseconds. */
	at: number
	/** `Olive Owner`, `API key …abcd`, `Tillhouse`. */
	who: string
	actor: { kind: string; id: string | null }
	title: string
	action: string
	subject: { kind: string; id: string; link: string | null }
	changes: AuditChange[]
	facts: { name: string; value: string }[]
	reason: string | null
	requestId: string | null
	network: string | null
	/** Hex: what the next row builds on. */
	hash: string
}

export type AuditListView = {
	lines: AuditLine[]
	hasMore: boolean
	filters: AuditFilters
	people: { id: string; name: string }[]
	/** What the last walk along the record found; null before the first. */
	check: { at: number; holdsUpTo: string; problem: string | null } | null
	mayExport: boolean
}
