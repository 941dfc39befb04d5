import { sql } from 'kysely'
import type { AttentionKind } from '../../app/domain/attention/attention-kinds.ts'
import type { FailedJob } from '../../app/domain/attention/plan-retry.ts'
import { newId } from '../../app/domain/ids/new-id.ts'
import type { Tx } from '../client.ts'
import { readAttention, toAttentionItem } from './attention-view.ts'
import { insertEvents } from './events.ts'
import { toJson } from './payments.ts'

export type NewAttention = {
	merchant_id: string
	kind: AttentionKind
	subject_id: string
	/** What happened, in plain words. */
	detail: string
	/** What the machine said. */
	reason?: string
	job?: FailedJob
}

/** Tells whoever watches: the console's desk and its count, and the event list. */
async function announce(tx: Tx, ids: readonly string[], type: string): Promise<void> {
	const rows = await readAttention(tx, ids)
	await insertEvents(
		tx,
		rows.map((row) => ({
			id: newId('evt'),
			merchant_id: row.merchant_id,
			type,
			payment_id: row.payment_id ?? row.subject_id,
			checkout_session_id: null,
			object: toAttentionItem(row),
		})),
	)
}

/** One open item per kind and subject; saying it again changes nothing. */
export async function openAttention(tx: Tx, items: readonly NewAttention[]): Promise<void> {
	if (items.length === 0) return
	const { rows } = await sql<{ id: string }>`
		insert into attention_items (id, merchant_id, kind, subject_id, detail, reason, job)
		select id, merchant_id, kind, subject_id, detail, reason, job
		from jsonb_populate_recordset(null::attention_items,
			${toJson(items.map((item) => ({ id: newId('atn'), ...item })))}::jsonb)
		on conflict do nothing
		returning id`.execute(tx)
	await announce(
		tx,
		rows.map(({ id }) => id),
		'attention.opened',
	)
}

/** False when somebody else closed it first. */
export async function lockOpenAttention(tx: Tx, id: string): Promise<boolean> {
	const { rows } = await sql`
		select from attention_items where id = ${id} and closed_at is null for update`.execute(tx)
	return rows.length > 0
}

export type Closing = { by: string; outcome: string; note: string | null }

/** Closes those that are still open. */
export async function closeItems(tx: Tx, ids: readonly string[], closing: Closing): Promise<void> {
	if (ids.length === 0) return
	const { rows } = await sql<{ id: string }>`
		update attention_items set closed_at = clock_timestamp(), closed_by = ${closing.by},
			outcome = ${closing.outcome}, note = ${closing.note}
		where id = any(${ids}) and closed_at is null
		returning id`.execute(tx)
	await announce(
		tx,
		rows.map(({ id }) => id),
		'attention.closed',
	)
}

/** Open items whose cause has disappeared: what they are about ended well, or the gateway shows it undone. */
export async function goneAttention(tx: Tx, limit: number): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		select i.id from attention_items i
		where i.closed_at is null and (
			(i.kind = 'outcome_unknown' or i.job->>'queue' like 'payments.%') and exists (
				select from payments p where p.id = i.subject_id and p.merchant_id = i.merchant_id
					and p.status in ('succeeded', 'failed', 'canceled') and p.requested_operation is null)
			or (i.kind = 'refund_unknown' or i.job->>'queue' = 'refunds.send') and exists (
				select from refunds r where r.id = i.subject_id and r.merchant_id = i.merchant_id
					and r.status in ('succeeded', 'failed', 'canceled'))
			or i.job->>'queue' like 'disputes.%' and exists (
				select from disputes d where d.id = i.subject_id and d.merchant_id = i.merchant_id
					and d.closed_at is not null)
			or i.job->>'queue' = 'webhooks.apply' and exists (
				select from webhook_inbox w where w.id = i.subject_id and w.processed_at is not null)
			or i.kind = 'dispute_due' and exists (
				select from disputes d where d.id = i.subject_id and d.merchant_id = i.merchant_id
					and d.status <> 'needs_response')
			or i.kind = 'late_money' and exists (
				select from payments p
				join payment_attempts a on a.payment_id = p.id and (p.status <> 'succeeded' or a.status <> 'succeeded')
				join gateway_observations c on c.livemode = p.livemode and c.provider = a.provider
					and c.provider_ref = a.provider_ref and c.kind = 'charge' and c.status = 'succeeded'
				where p.id = i.subject_id and p.merchant_id = i.merchant_id and c.amount_minor <= (
					select coalesce(sum(r.amount_minor), 0) from gateway_observations r
					where r.livemode = c.livemode and r.provider = c.provider and r.kind = 'refund' and r.status = 'succeeded'
						and r.parent_ref = c.provider_ref)))
		order by i.id limit ${limit} for update of i skip locked`.execute(tx)
	return rows.map(({ id }) => id)
}

/** Open items of one kind about these subjects, whoever they belong to. */
export async function openItemsOf(
	tx: Tx,
	kind: AttentionKind,
	subjects: readonly string[],
): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		select id from attention_items
		where kind = ${kind} and closed_at is null and subject_id = any(${subjects})
		order by id for update`.execute(tx)
	return rows.map(({ id }) => id)
}

/** Whether such an item was opened after that moment and not closed to try again. */
export async function hasItemSince(
	tx: Tx,
	{ kind, subjectId, since }: { kind: AttentionKind; subjectId: string; since: Date },
): Promise<boolean> {
	const { rows } = await sql`
		select from attention_items
		where kind = ${kind} and subject_id = ${subjectId} and opened_at > ${since}
			and outcome is distinct from 'retried'
		limit 1`.execute(tx)
	return rows.length > 0
}

/** Ends the open item of this kind, as settled by what has happened since. */
export async function closeAttention(
	tx: Tx,
	{ kind, subjectId, outcome, at }: { kind: AttentionKind; subjectId: string; outcome: string; at: Date },
): Promise<void> {
	await tx
		.updateTable('attention_items')
		.set({ closed_at: at, closed_by: 'system', outcome })
		.where('kind', '=', kind)
		.where('subject_id', '=', subjectId)
		.where('closed_at', 'is', null)
		.execute()
}
