import type { Tx } from '#db/client.ts'
import {
	lockCheckoutSession,
	paymentOfSession,
	type CheckoutSessionRow,
} from '#db/queries/checkout-sessions.ts'
import { insertEvents } from '#db/queries/events.ts'
import { useQuote } from '#db/queries/fx-quotes.ts'
import { toPayment, type PaymentRow } from '#db/queries/payment-snapshot.ts'
import { insertPayments, lockPayment, patchPayments } from '#db/queries/payments.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { ConfirmCheckout } from '../../contracts/checkout.ts'
import type { PaymentId } from '../../contracts/ids.ts'
import type { KeptPayment } from '../../contracts/payments.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import { advance } from '../../domain/payments/payment-state.ts'
import { priceOrder, type OrderPrice } from '../fx/price-order.server.ts'
import { requireOfferedToShopper } from '../methods/require-offered.server.ts'
import { tokensOf } from '../../domain/routing/hand-over.ts'
import { NOBODY } from '../../vault/keep-payers.server.ts'
import { newPayment } from '../payments/new-payment.server.ts'
import { paymentEvent } from '../payments/payment-events.server.ts'
import { fallbackMethodsOf } from '../routing/fallback-methods.server.ts'
import type { NamedPayer, Payers } from '../../vault/payers.server.ts'
import { sessionExpired, sessionNotFound, takesNoPayments } from './session-errors.server.ts'

export type ConfirmDeps = {
	clock: { now(): Date }
	enqueue: Enqueue
	gateways: Gateways
	livemode: boolean
	countryOf: (ip: string) => string | null
	payers: Payers
}

type Try = ConfirmInput & { country: string | null }

export type ConfirmInput = { sessionId: string; body: ConfirmCheckout; payer: NamedPayer }

const FIRST_LOOK_MS = 60_000

/** What is charged, and where it belongs. A method that is approved at its own site goes by its bare name. */
function paidWith({ gateways }: Pick<ConfirmDeps, 'gateways'>, body: ConfirmCheckout) {
	const method = body.confirmation_token ?? body.method
	const gateway = gateways.forMethod(method).name
	return {
		gateway,
		payment_method: method,
		method_type: body.method,
		fallback_methods: fallbackMethodsOf(gateways, {
			given: body.alternates,
			own: gateway,
			param: 'alternates',
		}),
	}
}

async function firstTry(
	tx: Tx,
	deps: ConfirmDeps,
	{ session, price }: { session: CheckoutSessionRow; price: OrderPrice },
	input: Try,
): Promise<KeptPayment> {
	const [payer = NOBODY] = await deps.payers.keep(tx, [input.payer])
	const { row, payment, event } = newPayment(
		{
			merchant_id: session.merchant_id,
			status: 'screening',
			...price,
			capture_method: 'automatic',
			description: session.items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', '),
			...payer,
			metadata: {},
			checkout_session_id: session.id,
			...paidWith(deps, input.body),
			payer_present: true,
			livemode: deps.livemode,
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

/** Whoever gives no address this time is still the person of the try before. */
async function payerOfNextTry(tx: Tx, { payers }: ConfirmDeps, payment: PaymentRow, payer: NamedPayer) {
	if (payer.email !== null || payment.sealed_email === null) return (await payers.keep(tx, [payer]))[0]
	const opener = await payers.opener(tx, [payment.sealed_email])
	const email = opener('email', payment.sealed_email)
	const emailHash = email === null ? null : await payers.emailHash(payment.merchant_id, email)
	return (await payers.keep(tx, [{ ...payer, email, emailHash }]))[0]
}

async function nextTry(
	tx: Tx,
	deps: ConfirmDeps,
	{ payment, price }: { payment: PaymentRow; price: OrderPrice },
	input: Try,
): Promise<KeptPayment> {
	const payer = await payerOfNextTry(tx, deps, payment, input.payer)
	const [row = payment] = await patchPayments(
		tx,
		[payment],
		[
			{
				...price,
				id: payment.id,
				status: 'screening',
				cause_kind: 'checkout',
				cause_ref: input.sessionId,
				...paidWith(deps, input.body),
				...payer,
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
export async function confirmCheckout(tx: Tx, deps: ConfirmDeps, input: ConfirmInput): Promise<KeptPayment> {
	const session = await lockCheckoutSession(tx, input.sessionId)
	if (!session) throw sessionNotFound()
	const found = await paymentOfSession(tx, session.id)
	const current = found && (await lockPayment(tx, { merchantId: session.merchant_id, id: found.id }))
	if (current && !advance(current.status, 'confirm').ok) return toPayment(current)
	// The same form's token again is the same try again: it was declined, and still is.
	const { confirmation_token: token, method, quote_id: quoteId } = input.body
	if (current && token !== undefined && Object.values(tokensOf(current)).includes(token))
		return toPayment(current)
	if (session.is_closed) throw takesNoPayments()
	if (session.expires_at <= deps.clock.now()) throw sessionExpired()
	const price = await priceOrder(tx, deps, { session, quoteId, paymentId: current?.id ?? null })
	const country = input.payer.ip === null ? null : deps.countryOf(input.payer.ip)
	await requireOfferedToShopper(tx, deps, {
		merchantId: session.merchant_id,
		query: { amountMinor: price.amount_minor, currency: price.currency, country, capture: 'automatic' },
		method: token ?? method,
		type: method,
	})
	const asked = { ...input, country }
	const started = current
		? await nextTry(tx, deps, { payment: current, price }, asked)
		: await firstTry(tx, deps, { session, price }, asked)
	if (price.fx_quote_id !== null) await useQuote(tx, price.fx_quote_id, started.id)
	await deps.enqueue(tx, processPayment, [{ paymentId: started.id as PaymentId }])
	return started
}
