import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'
import type { PaymentRow } from './payment-snapshot.ts'

export type SessionItem = { name: string; quantity: number; amount: number; image: string }

export type CheckoutSessionRow = {
	id: string
	merchant_id: string
	merchant_name: string
	livemode: boolean
	/** The merchant is suspended: it takes no payments. */
	is_closed: boolean
	amount_minor: bigint
	currency: string
	items: SessionItem[]
	created_at: Date
	expires_at: Date
}

export async function insertCheckoutSession(
	tx: Tx,
	session: Omit<CheckoutSessionRow, 'merchant_name' | 'livemode' | 'is_closed'>,
): Promise<void> {
	await tx
		.insertInto('checkout_sessions')
		.values({ ...session, items: JSON.stringify(session.items) })
		.execute()
}

/** A session is found by its own id: it is what the shopper's browser was given, and unguessable. */
export async function findCheckoutSession(db: Executor, id: string): Promise<CheckoutSessionRow | undefined> {
	const { rows } = await sql<CheckoutSessionRow>`
		select s.*, w.name as merchant_name, w.livemode, w.suspended_at is not null as is_closed
		from checkout_sessions s join merchants w on w.id = s.merchant_id
		where s.id = ${id}`.execute(db)
	return rows[0]
}

/** Two tabs that confirm at once wait here for each other. */
export async function lockCheckoutSession(tx: Tx, id: string): Promise<CheckoutSessionRow | undefined> {
	const { rows } = await sql<CheckoutSessionRow>`
		select s.*, w.name as merchant_name, w.livemode, w.suspended_at is not null as is_closed
		from checkout_sessions s join merchants w on w.id = s.merchant_id
		where s.id = ${id} for update of s`.execute(tx)
	return rows[0]
}

export async function paymentOfSession(db: Executor, sessionId: string): Promise<PaymentRow | undefined> {
	const { rows } = await sql<PaymentRow>`
		select * from payments where checkout_session_id = ${sessionId}`.execute(db)
	return rows[0]
}

/** The house's first merchant keeps the shop, for test money only. */
export async function shopMerchant(db: Executor): Promise<{ id: string; is_closed: boolean } | undefined> {
	const { rows } = await sql<{ id: string; is_closed: boolean }>`
		select w.id, w.suspended_at is not null as is_closed
		from merchants w
		where not w.livemode order by w.created_at, w.id limit 1`.execute(db)
	return rows[0]
}
