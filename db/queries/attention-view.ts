import { sql, type Selectable } from 'kysely'
import type { AttentionItem } from '../../app/contracts/attention.ts'
import { ATTENTION } from '../../app/domain/attention/attention-kinds.ts'
import { planRetry } from '../../app/domain/attention/plan-retry.ts'
import { jsonAmount } from '../../app/domain/money/json-amount.ts'
import type { PaymentState } from '../../app/domain/payments/payment-state.ts'
import type { RefundStatus } from '../../app/domain/refunds/refund-state.ts'
import { JOBS } from '../../jobs/catalog/queues.ts'
import type { Executor } from '../client.ts'
import type { AttentionItems } from '../schema.ts'

/** An item with what decides its actions: the state of what it is about. */
export type AttentionRow = Selectable<AttentionItems> & {
	payment_id: string | null
	payment_status: PaymentState | null
	refund_status: RefundStatus | null
	/** Questions asked about the refund so far. */
	refund_checks: number | null
	open_attempts: string[]
	amount_minor: bigint | null
	currency: string | null
}

const ROWS = sql`
	select i.*, p.id as payment_id, p.status as payment_status, r.status as refund_status,
		r.checks as refund_checks,
		array(select a.id from payment_attempts a
			where a.payment_id = p.id and a.status in ('sent', 'unknown') order by a.number) as open_attempts,
		coalesce(r.amount_minor, d.amount_minor, p.amount_minor) as amount_minor, p.currency
	from attention_items i
	left join refunds r on r.id = i.subject_id and r.merchant_id = i.merchant_id
	left join disputes d on d.id = i.subject_id and d.merchant_id = i.merchant_id
	left join payments p on p.id = coalesce(r.payment_id, d.payment_id, i.subject_id) and p.merchant_id = i.merchant_id`

export async function readAttention(db: Executor, ids: readonly string[]): Promise<AttentionRow[]> {
	const { rows } = await sql<AttentionRow>`${ROWS} where i.id = any(${ids}) order by i.id`.execute(db)
	return rows
}

export async function findAttention(
	db: Executor,
	{ merchantId, id }: { merchantId: string; id: string },
): Promise<AttentionRow | undefined> {
	const { rows } = await sql<AttentionRow>`
		${ROWS} where i.merchant_id = ${merchantId} and i.id = ${id}`.execute(db)
	return rows[0]
}

export type AttentionSearch = {
	merchantId: string
	status: 'open' | 'closed'
	limit: number
	startingAfter?: string | undefined
	endingBefore?: string | undefined
}

/** Newest first, by id. */
export async function searchAttention(db: Executor, search: AttentionSearch) {
	const { merchantId, status, limit, startingAfter, endingBefore } = search
	const backwards = endingBefore !== undefined
	const { rows } = await sql<AttentionRow>`
		${ROWS}
		where i.merchant_id = ${merchantId}
			and ${status === 'open' ? sql`i.closed_at is null` : sql`i.closed_at is not null`}
			and ${startingAfter === undefined ? sql`true` : sql`i.id < ${startingAfter}`}
			and ${endingBefore === undefined ? sql`true` : sql`i.id > ${endingBefore}`}
		order by i.id ${backwards ? sql`asc` : sql`desc`} limit ${limit + 1}`.execute(db)
	const kept = rows.slice(0, limit)
	return { rows: backwards ? kept.reverse() : kept, hasMore: rows.length > limit }
}

export async function countOpenAttention(db: Executor, merchantId: string): Promise<number> {
	const { rows } = await sql<{ count: number }>`
		select count(*)::int as count from attention_items
		where merchant_id = ${merchantId} and closed_at is null`.execute(db)
	return rows[0]?.count ?? 0
}

/** Whether the queue's own contract still accepts what the failed job carried. */
export function isReadable({ job }: Pick<AttentionRow, 'job'>): boolean {
	const definition = JOBS.find(({ name }) => name === job?.queue)
	return definition?.payload.safeParse(job?.payload).success ?? false
}

export const retryPlanOf = (row: AttentionRow) =>
	planRetry({
		kind: row.kind,
		payment: row.payment_status,
		openAttempts: row.open_attempts,
		refund: row.refund_status,
		job: row.job,
		isJobReadable: isReadable(row),
	})

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)

/** The item as everyone outside sees it. */
export function toAttentionItem(row: AttentionRow): AttentionItem {
	const { title, meaning, severity, retry, settle } = ATTENTION[row.kind]
	const isOpen = row.closed_at === null
	return {
		id: row.id as AttentionItem['id'],
		object: 'attention_item',
		kind: row.kind,
		status: isOpen ? 'open' : 'closed',
		severity,
		title,
		meaning,
		detail: row.detail,
		reason: row.reason,
		subject: row.subject_id,
		payment: row.payment_id,
		amount: row.amount_minor === null ? null : jsonAmount(row.amount_minor),
		currency: row.currency,
		retry:
			isOpen && retry && retryPlanOf(row) !== null ? { label: retry.label, explains: retry.explains } : null,
		settle: isOpen
			? settle.map(({ outcome, label, explains, asks }) => ({ outcome, label, explains, asks }))
			: [],
		opened: seconds(row.opened_at),
		closed: row.closed_at ? seconds(row.closed_at) : null,
		closed_by: row.closed_by,
		outcome: row.outcome,
		note: row.note,
	}
}
