import { sql } from 'kysely'
import type { ReportedCode } from '../../app/domain/declines/reported-codes.ts'
import type { Executor, Tx } from '../client.ts'
import { toJson } from './payments.ts'

export type VelocitySubject = {
	id: string
	merchant_id: string
	card_fingerprint: string | null
	payer_id: string | null
	ip_hash: string | null
	created_at: Date
	/** Whether somebody is there to try cards: a shopper, or the address of one. */
	has_payer: boolean
}

export type VelocityRow = {
	id: string
	card_last_hour: number
	email_last_hour: number
	ip_last_hour: number
	card_declines_last_day: number
	cards_per_ip_last_hour: number
	/** Charges of this card that had a payer, whatever became of them. */
	card_tries_last_minute: number
	card_tries_last_hour: number
	blocked: ('card' | 'email' | 'ip')[]
	/** What the card's bank said of it for good; null = nothing. */
	reported: ReportedCode | null
}

/** Counting stops here: the rules ask only whether a small limit was passed, and a hot card must cost the same. */
const MOST_COUNTED = 50

/** What happened before each payment, never looking past its own moment. */
export async function readVelocity(
	db: Executor,
	subjects: readonly VelocitySubject[],
): Promise<VelocityRow[]> {
	const { rows } = await sql<VelocityRow>`
		with s as (
			select * from jsonb_to_recordset(${toJson(subjects)}::jsonb)
				as s (id text, merchant_id text, card_fingerprint text, payer_id text, ip_hash text, created_at timestamptz, has_payer boolean)
		)
		select s.id,
			(select count(*)::int from (select from payments p where p.merchant_id = s.merchant_id
				and p.card_fingerprint = s.card_fingerprint and p.id <> s.id
				and p.created_at between s.created_at - interval '1 hour' and s.created_at limit ${MOST_COUNTED}) x) as card_last_hour,
			(select count(*)::int from (select from payments p where p.merchant_id = s.merchant_id
				and p.payer_id = s.payer_id and p.id <> s.id
				and p.created_at between s.created_at - interval '1 hour' and s.created_at limit ${MOST_COUNTED}) x) as email_last_hour,
			(select count(*)::int from (select from payments p where p.merchant_id = s.merchant_id
				and p.ip_hash = s.ip_hash and p.id <> s.id
				and p.created_at between s.created_at - interval '1 hour' and s.created_at limit ${MOST_COUNTED}) x) as ip_last_hour,
			(select count(*) filter (where x.error is not null)::int from (select p.error from payments p
				where p.merchant_id = s.merchant_id and p.card_fingerprint = s.card_fingerprint
				and p.created_at between s.created_at - interval '1 day' and s.created_at
				order by p.created_at desc limit ${MOST_COUNTED}) x) as card_declines_last_day,
			(select count(distinct x.card_fingerprint)::int from (select p.card_fingerprint from payments p
				where p.merchant_id = s.merchant_id and p.ip_hash = s.ip_hash
				and p.created_at between s.created_at - interval '1 hour' and s.created_at limit ${MOST_COUNTED}) x) as cards_per_ip_last_hour,
			tries.last_minute as card_tries_last_minute, tries.last_hour as card_tries_last_hour,
			array(select b.kind from block_list b where b.merchant_id = s.merchant_id and (b.kind, b.value) in
				(('card', s.card_fingerprint), ('email', (select y.email_hash from payers y where y.id = s.payer_id)), ('ip', s.ip_hash))) as blocked,
			(select r.standard_code from reported_cards r
				where r.merchant_id = s.merchant_id and r.card_fingerprint = s.card_fingerprint) as reported
		from s cross join lateral (
			select count(*) filter (where x.started_at > now() - interval '1 minute')::int as last_minute,
				count(*)::int as last_hour
			from (select a.started_at from payment_attempts a
				where s.has_payer and a.merchant_id = s.merchant_id and a.card_fingerprint = s.card_fingerprint
					and a.started_at > now() - interval '1 hour'
				order by a.started_at desc limit ${MOST_COUNTED}) x) tries`.execute(db)
	return rows
}

/** Lets only one transaction at a time judge these cards, until it ends: nobody counts tries another is about to add. */
export async function lockCards(
	tx: Tx,
	cards: readonly { merchant_id: string; card_fingerprint: string | null }[],
): Promise<void> {
	const names = cards.map((card) => `${card.merchant_id} ${card.card_fingerprint}`)
	// In one order everywhere, so that two transactions never wait for each other in a circle.
	await sql`
		select pg_advisory_xact_lock(x.lock) from (
			select distinct hashtextextended(name, 0) as lock from unnest(${names}::text[]) name order by lock) x`.execute(
		tx,
	)
}
