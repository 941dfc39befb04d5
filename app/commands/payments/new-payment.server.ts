import type { KeptPayment } from '../../contracts/payments.ts'
import { newId } from '../../domain/ids/new-id.ts'
import type { NewEvent } from '#db/queries/events.ts'
import { toPayment, type PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { NewPayment } from '#db/queries/payments.ts'

export type PaymentDraft = Omit<NewPayment, 'id' | 'reference' | 'created_at' | 'next_check_at'>

const UNCONFIRMED_LIFE_MS = 24 * 3_600_000
/** A confirmed payment that has not moved by then is looked at by the janitor. */
const FIRST_LOOK_MS = 60_000

/** People read it aloud: the last 8 characters of the id, the random ones. */
const referenceOf = (id: string): string => `TH-${id.slice(-8).toUpperCase()}`

/** The row to insert, what the API shows of it once opened, and the event that announces it. */
export function newPayment(
	draft: PaymentDraft,
	now: Date,
): { row: NewPayment; payment: KeptPayment; event: NewEvent } {
	const id = newId('pay')
	const life = draft.status === 'screening' ? FIRST_LOOK_MS : UNCONFIRMED_LIFE_MS
	const row: NewPayment = {
		...draft,
		id,
		reference: referenceOf(id),
		created_at: now,
		next_check_at: new Date(now.getTime() + life),
	}
	const payment = toPayment({ ...BLANK, ...row, updated_at: now })
	const event: NewEvent = {
		id: newId('evt'),
		merchant_id: draft.merchant_id,
		type: 'payment.created',
		payment_id: id,
		checkout_session_id: draft.checkout_session_id,
		object: payment,
	}
	return { row, payment, event }
}

/** What the database gives the columns that a new payment does not name. */
const BLANK: Omit<PaymentRow, keyof NewPayment | 'updated_at'> = {
	version: 1,
	captured_minor: 0n,
	refund_reserved_minor: 0n,
	refunded_minor: 0n,
	card_brand: null,
	card_last4: null,
	card_exp_month: null,
	card_exp_year: null,
	card_country: null,
	card_fingerprint: null,
	risk_score: null,
	risk_decision: null,
	risk_reasons: [],
	error: null,
	next_action_url: null,
	requested_operation: null,
	requested_minor: null,
	requested_by: null,
	captured_at: null,
	terminal_at: null,
}
