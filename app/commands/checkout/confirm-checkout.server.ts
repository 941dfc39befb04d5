import type { Tx } from '#db/client.ts'
import {
	lockCheckoutSession,
	paymentOfSession,
	type CheckoutSessionRow,
} from '#db/queries/checkout-sessions.ts'
import { insertEvents } from '#db/queries/events.ts'
import { toPayment, type PaymentRow } from '#db/queries/payment-snapshot.ts'
import { insertPayments, lockPayment, patchPayments } from '#db/queries/payments.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { ConfirmCheckout } from '../../contracts/checkout.ts'
import type { PaymentId } from '../../contracts/ids.ts'
import type { Payment } from '../../contracts/payments.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import { advance } from '../../domain/payments/payment-state.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import { requireOfferedToShopper } from '../methods/require-offered.server.ts'
import { tokensOf } from '../../domain/routing/hand-over.ts'
import { newPayment } from '../payments/new-payment.server.ts'
import { paymentEvent } from '../payments/payment-events.server.ts'
import { fallbackMethodsOf } from '../routing/fallback-methods.server.ts'

export type ConfirmDeps = {
	clock: { now(): Date }
	enqueue: Enqueue
	gateways: Gateways
	livemode: boolean
	countryOf: (ip: string) => string | null
}

type Try = ConfirmInput & { methodType: MethodType | null; country: string | null }

export type ConfirmInput = { sessionId: string; body: ConfirmCheckout; payerIp: string | null }

const FIRST_LOOK_MS = 60_000

export const sessionNotFound = (): DomainError =>
	new DomainError('not_found', 'checkout_session_not_found', 'There is no such order.', {
		param: 'sessionId',
	})

function methodsOf({ gateways }: ConfirmDeps, { body, methodType }: Try) {
	const { confirmation_token, alternates } = body
	const gateway = gateways.forMethod(confirmation_token).name
	return {
		gateway,
		payment_method: confirmation_token,
		method_type: methodType,
		fallback_methods: fallbackMethodsOf(gateways, { given: alternates, own: gateway, param: 'alternates' }),
	}
}

async function firstTry(
	tx: Tx,
	deps: ConfirmDeps,
	session: CheckoutSessionRow,
	input: Try,
): Promise<Payment> {
	const { row, payment, event } = newPayment(
		{
			merchant_id: session.merchant_id,
			status: 'screening',
			amount_minor: session.amount_minor,
			currency: session.currency,
			capture_method: 'automatic',
			description: session.items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', '),
			receipt_email: input.body.email ?? null,
			metadata: {},
			checkout_session_id: session.id,
			...methodsOf(deps, input),
			payer_present: true,
			livemode: deps.livemode,
			client_ip: input.payerIp,
			client_country: input.country,
			cause_kind: 'checkout',
			cause_ref: session.id,
		},
		deps.clock.now(),
	)
	await insertPayments(tx, [row])
	await insertEvents(tx, [event])
	return payment
}

async function nextTry(tx: Tx, deps: ConfirmDeps, payment: PaymentRow, input: Try): Promise<Payment> {
	const [row = payment] = await patchPayments(
		tx,
		[payment],
		[
			{
				id: payment.id,
				status: 'screening',
				cause_kind: 'checkout',
				cause_ref: input.sessionId,
				...methodsOf(deps, input),
				receipt_email: input.body.email ?? payment.receipt_email,
				client_ip: input.payerIp,
				client_country: input.country,
				error: null,
				next_check_at: new Date(deps.clock.now().getTime() + FIRST_LOOK_MS),
			},
		],
	)
	await insertEvents(tx, [paymentEvent(row)])
	return toPayment(row)
}

/**
 * Step: pays an order. However often and from however many tabs this is called, an order has one payment, and it is
 * charged again only after a decline: while a try is under way, or once it is paid, the caller is told of that one.
 */
export async function confirmCheckout(tx: Tx, deps: ConfirmDeps, input: ConfirmInput): Promise<Payment> {
	const session = await lockCheckoutSession(tx, input.sessionId)
	if (!session) throw sessionNotFound()
	const found = await paymentOfSession(tx, session.id)
	const current = found && (await lockPayment(tx, { merchantId: session.merchant_id, id: found.id }))
	if (current && !advance(current.status, 'confirm').ok) return toPayment(current)
	// The same card form token again is the same try again: it was declined, and still is.
	if (current && Object.values(tokensOf(current)).includes(input.body.confirmation_token))
		return toPayment(current)
	if (session.expires_at <= deps.clock.now()) {
		throw new DomainError(
			'conflict',
			'checkout_session_expired',
			'This order has expired. Nothing was charged.',
		)
	}
	const country = input.payerIp === null ? null : deps.countryOf(input.payerIp)
	const methodType = await requireOfferedToShopper(tx, deps, {
		merchantId: session.merchant_id,
		query: { amountMinor: session.amount_minor, currency: session.currency, country, capture: 'automatic' },
		method: input.body.confirmation_token,
	})
	const asked = { ...input, methodType, country }
	const started = current ? await nextTry(tx, deps, current, asked) : await firstTry(tx, deps, session, asked)
	await deps.enqueue(tx, processPayment, [{ paymentId: started.id as PaymentId }])
	return started
}
