import { sql, type Selectable } from 'kysely'
import type { KeptRequest } from '../../app/domain/payments/ports.ts'
import type { PaymentState } from '../../app/domain/payments/payment-state.ts'
import type { Route } from '../../app/domain/routing/route.ts'
import type { Executor, Tx } from '../client.ts'
import type { PaymentAttempts } from '../schema.ts'
import { toJson } from './payments.ts'

export type AttemptRow = Selectable<PaymentAttempts>

type StoredRequest = Omit<KeptRequest, 'amountMinor'> & { amountMinor: string }

/** The call as it was first made. */
export function requestOf(attempt: AttemptRow): KeptRequest {
	const stored = attempt.request as unknown as StoredRequest
	return { ...stored, amountMinor: BigInt(stored.amountMinor) }
}

export type NewAttempt = {
	id: string
	merchant_id: string
	payment_id: string
	provider: string
	request: KeptRequest
	/** Of a try with a payer behind it: those are counted by card. */
	card_fingerprint?: string | null
	/** Null when there was no choice. */
	route: Route | null
}

export async function insertAttempts(tx: Tx, attempts: readonly NewAttempt[]): Promise<void> {
	if (attempts.length === 0) return
	await sql`
		insert into payment_attempts (id, merchant_id, payment_id, number, provider, status, request, route,
			card_fingerprint)
		select a.id, a.merchant_id, a.payment_id,
			(select count(*) + 1 from payment_attempts o where o.payment_id = a.payment_id), a.provider, 'sent', a.request,
			a.route, a.card_fingerprint
		from jsonb_to_recordset(${toJson(attempts)}::jsonb)
			as a (id text, merchant_id text, payment_id text, provider text, request jsonb, route jsonb,
				card_fingerprint text)`.execute(tx)
}

export type LockedAttempt = AttemptRow & { is_latest: boolean }

/** The payment's row must be locked before: no further attempt can appear meanwhile. */
export async function lockAttempts(tx: Tx, ids: readonly string[]): Promise<LockedAttempt[]> {
	const { rows } = await sql<LockedAttempt>`
		select a.*, not exists (
			select from payment_attempts o where o.payment_id = a.payment_id and o.number > a.number) as is_latest
		from payment_attempts a where a.id = any(${ids}) order by a.id for update of a`.execute(tx)
	return rows
}

/** Which payment each attempt belongs to. */
export async function paymentOfAttempts(db: Executor, ids: readonly string[]): Promise<Map<string, string>> {
	const { rows } = await sql<{ id: string; payment_id: string }>`
		select id, payment_id from payment_attempts where id = any(${ids})`.execute(db)
	return new Map(rows.map((row) => [row.id, row.payment_id]))
}

export async function findAttempt(db: Executor, id: string): Promise<AttemptRow | undefined> {
	const { rows } = await sql<AttemptRow>`select * from payment_attempts where id = ${id}`.execute(db)
	return rows[0]
}

export async function findAttemptByRef(
	db: Executor,
	provider: string,
	ref: string,
): Promise<AttemptRow | undefined> {
	const { rows } = await sql<AttemptRow>`
		select * from payment_attempts where provider = ${provider} and provider_ref = ${ref}`.execute(db)
	return rows[0]
}

export async function listAttempts(db: Executor, paymentId: string): Promise<AttemptRow[]> {
	const { rows } = await sql<AttemptRow>`
		select * from payment_attempts where payment_id = ${paymentId} order by number`.execute(db)
	return rows
}

/** The newest try of a payment: the one that can still have an outcome. */
export async function latestAttempt(db: Executor, paymentId: string): Promise<AttemptRow | undefined> {
	const { rows } = await sql<AttemptRow>`
		select * from payment_attempts where payment_id = ${paymentId} order by number desc limit 1`.execute(db)
	return rows[0]
}

/** The same with the state its payment is in now. */
export async function latestTry(
	db: Executor,
	paymentId: string,
): Promise<(AttemptRow & { payment_status: PaymentState }) | undefined> {
	const { rows } = await sql<AttemptRow & { payment_status: PaymentState }>`
		select a.*, p.status as payment_status from payment_attempts a join payments p on p.id = a.payment_id
		where a.payment_id = ${paymentId} order by a.number desc limit 1`.execute(db)
	return rows[0]
}

/** Marks the open attempt of a payment as asked about; null when there is none, or it was asked about just now. */
export async function claimQuestion(
	tx: Tx,
	paymentId: string,
	onceInSeconds: number,
): Promise<string | null> {
	const { rows } = await sql<{ id: string }>`
		update payment_attempts set asked_at = now()
		where payment_id = ${paymentId} and status in ('unknown', 'requires_action', 'approved')
			and coalesce(asked_at, started_at) < now() - make_interval(secs => ${onceInSeconds})
		returning id`.execute(tx)
	return rows[0]?.id ?? null
}

export type AttemptPatch = Pick<
	AttemptRow,
	| 'id'
	| 'status'
	| 'provider_ref'
	| 'provider_charge_ref'
	| 'code'
	| 'decline_code'
	| 'standard_code'
	| 'message'
	| 'checks'
	| 'approvals'
> & { next_check_at: Date | null; answered: boolean }

export async function patchAttempts(tx: Tx, patches: readonly AttemptPatch[]): Promise<void> {
	if (patches.length === 0) return
	await sql`
		update payment_attempts a set status = c.status, provider_ref = coalesce(c.provider_ref, a.provider_ref),
			provider_charge_ref = coalesce(c.provider_charge_ref, a.provider_charge_ref), code = c.code,
			decline_code = c.decline_code, standard_code = c.standard_code, message = c.message, checks = c.checks, next_check_at = c.next_check_at,
			approvals = c.approvals,
			answered_at = case when c.answered then coalesce(a.answered_at, clock_timestamp()) else a.answered_at end
		from jsonb_to_recordset(${toJson(patches)}::jsonb)
			as c (id text, status text, provider_ref text, provider_charge_ref text, code text, decline_code text,
				standard_code text, message text, checks integer, approvals integer, next_check_at timestamptz, answered boolean)
		where a.id = c.id and a.id = any(${patches.map((patch) => patch.id)})`.execute(tx)
}

/** A person has looked: tries without an answer are over. */
export async function closeOpenAttempts(tx: Tx, paymentId: string, message: string): Promise<void> {
	await sql`
		update payment_attempts set status = 'canceled', next_check_at = null, message = ${message}
		where payment_id = ${paymentId} and status in ('sent', 'unknown', 'requires_action', 'approved', 'authorized')`.execute(
		tx,
	)
}

/** Starts the schedule of questions anew. */
export async function lookAgainAtAttempts(tx: Tx, ids: readonly string[], seconds: number): Promise<void> {
	await sql`
		update payment_attempts set checks = 0, next_check_at = now() + make_interval(secs => ${seconds})
		where id = any(${ids})`.execute(tx)
}
