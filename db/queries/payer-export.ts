import { sql } from 'kysely'
import type { Sealed } from '../../app/domain/privacy/sealed.ts'
import type { Executor } from '../client.ts'

/** A payment with all that hangs on it. Amounts are digits: they go out as text, exactly. */
export type ExportedPayment = {
	id: string
	reference: string
	status: string
	amount_minor: string
	captured_minor: string
	refunded_minor: string
	currency: string
	description: string | null
	metadata: unknown
	sealed_email: Sealed | null
	sealed_ip: Sealed | null
	client_country: string | null
	method_type: string | null
	card: unknown
	order: unknown
	attempts: unknown[]
	refunds: unknown[]
	disputes: { id: string; sealed_evidence: Sealed | null }[]
	events: unknown[]
	created_at: Date
}

/** The payments of a payer in order, some after `after`. */
export async function readExportPage(
	db: Executor,
	{ merchantId, payerId }: { merchantId: string; payerId: string },
	{ after, limit }: { after: string; limit: number },
): Promise<ExportedPayment[]> {
	const { rows } = await sql<ExportedPayment>`
		select p.id, p.reference, p.status, p.amount_minor::text, p.captured_minor::text, p.refunded_minor::text, p.currency,
			p.description, p.metadata, p.sealed_email, p.sealed_ip, p.client_country, p.method_type,
			case when p.card_last4 is null then null else json_build_object('brand', p.card_brand, 'last4', p.card_last4,
				'exp_month', p.card_exp_month, 'exp_year', p.card_exp_year, 'country', p.card_country,
				'fingerprint', p.card_fingerprint) end as card,
			(select s.items from checkout_sessions s where s.id = p.checkout_session_id) as order,
			array(select json_build_object('id', a.id, 'gateway', a.provider, 'status', a.status, 'gateway_ref', a.provider_ref,
				'message', a.message, 'receipt_email', a.request ->> 'receiptEmail', 'started_at', a.started_at)
				from payment_attempts a where a.payment_id = p.id order by a.number) as attempts,
			array(select json_build_object('id', r.id, 'status', r.status, 'amount_minor', r.amount_minor::text,
				'reason', r.reason, 'created_at', r.created_at)
				from refunds r where r.payment_id = p.id order by r.id) as refunds,
			array(select json_build_object('id', d.id, 'status', d.status, 'reason', d.reason,
				'amount_minor', d.amount_minor::text, 'opened_at', d.opened_at, 'sealed_evidence', d.sealed_evidence)
				from disputes d where d.payment_id = p.id order by d.id) as disputes,
			array(select json_build_object('id', e.id, 'type', e.type, 'created_at', e.created_at,
				'receipt_email', e.object ->> 'receipt_email')
				from events e where e.payment_id = p.id order by e.seq) as events,
			p.created_at
		from payments p
		where p.merchant_id = ${merchantId} and p.payer_id = ${payerId} and p.id > ${after}
		order by p.id limit ${limit}`.execute(db)
	return rows
}
