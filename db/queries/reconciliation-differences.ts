import { sql, type Selectable } from 'kysely'
import { newId } from '../../app/domain/ids/new-id.ts'
import type { DifferenceKind, Finding } from '../../app/domain/reconciliation/finding.ts'
import type { Executor, Tx } from '../client.ts'
import type { ReconciliationDifferences } from '../schema.ts'
import { toJson } from './payments.ts'

export type DifferenceRow = Selectable<ReconciliationDifferences>

/** `owner`: the merchant of objects nobody here knows. */
export type Listing = { runId: string; provider: string; owner: string }

const rowOf = (finding: Finding, { runId, provider, owner }: Listing) => ({
	id: newId('dif'),
	merchant_id: finding.merchantId ?? owner,
	run_id: runId,
	seen_run_id: runId,
	class: finding.class,
	kind: finding.kind,
	provider,
	provider_ref: finding.ref,
	subject_id: finding.subjectId,
	payment_id: finding.paymentId,
	source_ref: finding.sourceRef,
	ours_minor: finding.ours.minor,
	ours_currency: finding.ours.currency,
	ours_status: finding.ours.status,
	theirs_minor: finding.theirs.minor,
	theirs_currency: finding.theirs.currency,
	theirs_status: finding.theirs.status,
	gap_minor: finding.gapMinor,
	currency: finding.currency,
	detail: finding.detail,
})

const COLUMNS = sql`
	id, merchant_id, run_id, seen_run_id, class, kind, provider, provider_ref, subject_id, payment_id, source_ref,
	ours_minor, ours_currency, ours_status, theirs_minor, theirs_currency, theirs_status, gap_minor, currency, detail`

/** Puts findings on the list, or says again that they are there; what a person settled as it is stays settled. Returns the new ones. */
export async function listFindings(
	tx: Tx,
	listing: Listing,
	findings: readonly Finding[],
): Promise<DifferenceRow[]> {
	if (findings.length === 0) return []
	const { rows } = await sql<DifferenceRow & { is_new: boolean }>`
		insert into reconciliation_differences (${COLUMNS})
		select ${COLUMNS} from jsonb_populate_recordset(null::reconciliation_differences,
			${toJson(findings.map((finding) => rowOf(finding, listing)))}::jsonb) n
		where not exists (
			select from reconciliation_differences d
			where d.provider = n.provider and d.class = n.class and d.kind = n.kind
				and d.provider_ref is not distinct from n.provider_ref and d.subject_id is not distinct from n.subject_id
				and d.gap_minor = n.gap_minor and d.currency = n.currency and d.outcome = 'resolved')
		on conflict (provider, class, kind, coalesce(provider_ref, ''), coalesce(subject_id, '')) where closed_at is null
		do update set seen_run_id = excluded.seen_run_id, gap_minor = excluded.gap_minor, detail = excluded.detail,
			currency = excluded.currency, source_ref = coalesce(excluded.source_ref, reconciliation_differences.source_ref),
			ours_minor = excluded.ours_minor, ours_currency = excluded.ours_currency, ours_status = excluded.ours_status,
			theirs_minor = excluded.theirs_minor, theirs_currency = excluded.theirs_currency,
			theirs_status = excluded.theirs_status, payment_id = excluded.payment_id
		returning *, (xmax = 0) as is_new`.execute(tx)
	return rows.filter((row) => row.is_new)
}

/** What was put right before it was ever on the list: kept, so that people see what the house healed. */
export async function keepHealed(
	tx: Tx,
	listing: Listing,
	findings: readonly Finding[],
	closedBy: string,
): Promise<void> {
	if (findings.length === 0) return
	await sql`
		insert into reconciliation_differences (${COLUMNS}, closed_at, closed_by, outcome)
		select ${COLUMNS}, now(), ${closedBy}, 'healed'
		from jsonb_populate_recordset(null::reconciliation_differences,
			${toJson(findings.map((finding) => rowOf(finding, listing)))}::jsonb)`.execute(tx)
}

/** Open differences about these names at the gateway. */
export async function lockOpenDifferences(
	tx: Tx,
	provider: string,
	kinds: readonly DifferenceKind[],
	refs: readonly string[],
): Promise<DifferenceRow[]> {
	const { rows } = await sql<DifferenceRow>`
		select * from reconciliation_differences
		where provider = ${provider} and provider_ref = any(${refs}) and kind = any(${kinds}) and closed_at is null
		order by id for update`.execute(tx)
	return rows
}

export type Closing = {
	ids: readonly string[]
	outcome: 'healed' | 'resolved' | 'gone'
	closedBy: string
	note: string | null
}

export async function closeDifferences(tx: Tx, { ids, outcome, closedBy, note }: Closing): Promise<void> {
	if (ids.length === 0) return
	await sql`
		update reconciliation_differences set closed_at = now(), outcome = ${outcome}, closed_by = ${closedBy},
			note = ${note}
		where id = any(${ids}) and closed_at is null`.execute(tx)
}

/** Ends the attention items whose subject has no open difference any more. */
export async function closeMismatchAttention(
	tx: Tx,
	subjects: readonly string[],
	closing: Omit<Closing, 'ids'>,
): Promise<void> {
	if (subjects.length === 0) return
	await sql`
		update attention_items i set closed_at = now(), closed_by = ${closing.closedBy}, outcome = ${closing.outcome},
			note = ${closing.note}
		where i.kind = 'gateway_mismatch' and i.subject_id = any(${subjects}) and i.closed_at is null
			and not exists (
				select from reconciliation_differences d
				where d.closed_at is null and (d.subject_id = i.subject_id or d.provider_ref = i.subject_id))`.execute(tx)
}

/** Open differences a run has not come across, in order, after a place. */
export async function unseenDifferencesAfter(
	db: Executor,
	provider: string,
	runId: string,
	afterId: string,
	limit: number,
): Promise<DifferenceRow[]> {
	const { rows } = await sql<DifferenceRow>`
		select * from reconciliation_differences
		where provider = ${provider} and closed_at is null and seen_run_id <> ${runId} and id > ${afterId}
		order by id limit ${limit}`.execute(db)
	return rows
}

export async function findDifference(
	db: Executor,
	{ merchantId, id }: { merchantId: string; id: string },
): Promise<DifferenceRow | undefined> {
	const { rows } = await sql<DifferenceRow>`
		select * from reconciliation_differences where merchant_id = ${merchantId} and id = ${id}`.execute(db)
	return rows[0]
}

export async function lockDifference(
	tx: Tx,
	{ merchantId, id }: { merchantId: string; id: string },
): Promise<DifferenceRow | undefined> {
	const { rows } = await sql<DifferenceRow>`
		select * from reconciliation_differences where merchant_id = ${merchantId} and id = ${id} for update`.execute(
		tx,
	)
	return rows[0]
}

export type DifferenceSearch = {
	merchantId: string
	limit: number
	state?: 'open' | 'closed' | undefined
	class?: string | undefined
	startingAfter?: string | undefined
	endingBefore?: string | undefined
}

/** Newest first. One row more than asked tells whether there is another page. */
export async function searchDifferences(
	db: Executor,
	search: DifferenceSearch,
): Promise<{ rows: DifferenceRow[]; hasMore: boolean }> {
	let query = db
		.selectFrom('reconciliation_differences')
		.selectAll()
		.where('merchant_id', '=', search.merchantId)
	if (search.state === 'open') query = query.where('closed_at', 'is', null)
	if (search.state === 'closed') query = query.where('closed_at', 'is not', null)
	if (search.class) query = query.where('class', '=', search.class as DifferenceRow['class'])
	if (search.startingAfter) query = query.where('id', '<', search.startingAfter)
	const backwards = search.endingBefore !== undefined
	if (search.endingBefore) query = query.where('id', '>', search.endingBefore)
	const rows = await query
		.orderBy('id', backwards ? 'asc' : 'desc')
		.limit(search.limit + 1)
		.execute()
	const page = rows.slice(0, search.limit)
	return { rows: backwards ? page.reverse() : page, hasMore: rows.length > search.limit }
}
