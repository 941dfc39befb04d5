import { sql } from 'kysely'
import type { Sealed } from '../../app/domain/privacy/sealed.ts'
import type { Tx } from '../client.ts'
import { toJson } from './payments.ts'

export type UnsealedPayment = {
	payment_id: string
	merchant_id: string
	receipt_email: string | null
	client_ip: string | null
	/** Of each dispute, what was written to its bank. */
	evidence: Record<string, Record<string, string>>
}

/** The newest first, with their payments locked; those somebody else is at are left to them. */
export async function lockUnsealed(tx: Tx, most: number): Promise<UnsealedPayment[]> {
	const { rows } = await sql<UnsealedPayment>`
		select u.* from unsealed_payments u join payments p on p.id = u.payment_id
		order by u.payment_id desc limit ${most} for update skip locked`.execute(tx)
	return rows
}

export type SealedPayment = {
	id: string
	payer_id: string | null
	sealed_email: Sealed | null
	sealed_ip: Sealed | null
	ip_hash: string | null
}

/** Puts what was sealed in the place of what was plain: in the payments, in what is kept of their calls, in their events. */
export async function replaceUnsealed(
	tx: Tx,
	payments: readonly SealedPayment[],
	evidence: readonly { id: string; sealed_evidence: Sealed | null }[],
): Promise<void> {
	const ids = payments.map(({ id }) => id)
	const list = toJson(payments)
	await sql`
		update payments p set payer_id = coalesce(p.payer_id, s.payer_id), ip_hash = coalesce(p.ip_hash, s.ip_hash),
			sealed_email = coalesce(p.sealed_email, s.sealed_email), sealed_ip = coalesce(p.sealed_ip, s.sealed_ip)
		from jsonb_populate_recordset(null::payments, ${list}::jsonb) s where p.id = s.id and p.id = any(${ids})`.execute(
		tx,
	)
	await sql`
		update payment_attempts a set request = a.request || jsonb_build_object('receiptEmail', s.sealed_email)
		from jsonb_populate_recordset(null::payments, ${list}::jsonb) s
		where a.payment_id = s.id and a.payment_id = any(${ids}) and a.request ->> 'receiptEmail' is not null
			and a.request ->> 'receiptEmail' not like 'v1.%'`.execute(tx)
	// As text: the members of an event keep their order.
	await sql`
		update events e set object = replace(e.object::text, '"receipt_email":' || (e.object -> 'receipt_email')::text,
			'"receipt_email":' || to_json(s.sealed_email)::text)::json
		from jsonb_populate_recordset(null::payments, ${list}::jsonb) s
		where e.payment_id = s.id and e.payment_id = any(${ids}) and s.sealed_email is not null
			and e.object ->> 'receipt_email' is not null and e.object ->> 'receipt_email' not like 'v1.%'`.execute(tx)
	await sql`
		update disputes d set sealed_evidence = coalesce(d.sealed_evidence, s.sealed_evidence)
		from jsonb_to_recordset(${JSON.stringify(evidence)}::jsonb) as s (id text, sealed_evidence text)
		where d.id = s.id`.execute(tx)
	await sql`delete from unsealed_payments where payment_id = any(${ids})`.execute(tx)
}

/** Addresses a merchant refuses that are not hashed yet: no hash has a dot, a colon or an at sign. */
export async function lockUnhashedBlocks(
	tx: Tx,
	most: number,
): Promise<{ merchant_id: string; kind: 'email' | 'ip'; value: string }[]> {
	const { rows } = await sql<{ merchant_id: string; kind: 'email' | 'ip'; value: string }>`
		select merchant_id, kind, value from block_list where kind <> 'card' and value ~ '[@.:]'
		limit ${most} for update skip locked`.execute(tx)
	return rows
}

export async function hashBlock(
	tx: Tx,
	{ merchant_id, kind, value }: { merchant_id: string; kind: string; value: string },
	hash: string,
): Promise<void> {
	await sql`
		with gone as (
			delete from block_list where merchant_id = ${merchant_id} and kind = ${kind} and value = ${value} returning *)
		insert into block_list (merchant_id, kind, value, reason, created_at)
		select merchant_id, kind, ${hash}, reason, created_at from gone
		on conflict do nothing`.execute(tx)
}
