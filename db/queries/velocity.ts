import { sql } from 'kysely'
import type { Executor } from '../client.ts'
import { toJson } from './payments.ts'

export type VelocitySubject = {
	id: string
	merchant_id: string
	card_fingerprint: string | null
	email: string | null
	client_ip: string | null
	created_at: Date
}

export type VelocityRow = {
	id: string
	card_last_hour: number
	email_last_hour: number
	ip_last_hour: number
	card_declines_last_day: number
	cards_per_ip_last_hour: number
	blocked: ('card' | 'email' | 'ip')[]
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
				as s (id text, merchant_id text, card_fingerprint text, email text, client_ip text, created_at timestamptz)
		)
		select s.id,
			(select count(*)::int from (select from payments p where p.merchant_id = s.merchant_id
				and p.card_fingerprint = s.card_fingerprint and p.id <> s.id
				and p.created_at between s.created_at - interval '1 hour' and s.created_at limit ${MOST_COUNTED}) x) as card_last_hour,
			(select count(*)::int from (select from payments p where p.merchant_id = s.merchant_id
				and lower(p.receipt_email) = lower(s.email) and p.id <> s.id
				and p.created_at between s.created_at - interval '1 hour' and s.created_at limit ${MOST_COUNTED}) x) as email_last_hour,
			(select count(*)::int from (select from payments p where p.merchant_id = s.merchant_id
				and p.client_ip = s.client_ip and p.id <> s.id
				and p.created_at between s.created_at - interval '1 hour' and s.created_at limit ${MOST_COUNTED}) x) as ip_last_hour,
			(select count(*) filter (where x.error is not null)::int from (select p.error from payments p
				where p.merchant_id = s.merchant_id and p.card_fingerprint = s.card_fingerprint
				and p.created_at between s.created_at - interval '1 day' and s.created_at
				order by p.created_at desc limit ${MOST_COUNTED}) x) as card_declines_last_day,
			(select count(distinct x.card_fingerprint)::int from (select p.card_fingerprint from payments p
				where p.merchant_id = s.merchant_id and p.client_ip = s.client_ip
				and p.created_at between s.created_at - interval '1 hour' and s.created_at limit ${MOST_COUNTED}) x) as cards_per_ip_last_hour,
			array(select b.kind from block_list b where b.merchant_id = s.merchant_id and (b.kind, b.value) in
				(('card', s.card_fingerprint), ('email', lower(s.email)), ('ip', s.client_ip))) as blocked
		from s`.execute(db)
	return rows
}
