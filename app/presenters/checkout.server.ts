import type { Kysely } from 'kysely'
import {
	findCheckoutSession,
	paymentOfSession,
	type CheckoutSessionRow,
} from '#db/queries/checkout-sessions.ts'
import { latestAttempt } from '#db/queries/attempts.ts'
import { cursorText, presentCursor } from '#db/queries/events.ts'
import { toPayment, type PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import type { CardForm, CheckoutView } from '../contracts/checkout.ts'
import type { Payment } from '../contracts/payments.ts'
import type { Gateways } from '../domain/gateways/ports.ts'
import type { OfferingGateway } from '../domain/methods/offer-methods.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'
import { presentCheckoutMethods } from './offered-methods.server.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	env: { stripe: { publishableKey: string }; sandbox: { url: string } | null }
}

function cardFormOf({ stripe, sandbox }: Deps['env']): CardForm {
	const { publishableKey } = stripe
	if (!sandbox) return { kind: 'stripe', publishableKey }
	return { kind: 'sandbox', publishableKey, frameUrl: `${sandbox.url}/frame/card`, origin: sandbox.url }
}

export const isPaid = (payment: PaymentRow | undefined): boolean => payment?.status === 'succeeded'

function statusOf(session: CheckoutSessionRow, payment: PaymentRow | undefined, now: Date) {
	if (isPaid(payment)) return 'complete'
	return session.expires_at <= now ? 'expired' : 'open'
}

/** The checkout page; the cursor is read first, so that the stream repeats rather than misses. */
export async function presentCheckout(
	deps: Deps & { gateways: { all: readonly OfferingGateway[] } },
	{ sessionId, country }: { sessionId: string; country: string | null },
): Promise<CheckoutView | null> {
	const cursor = await presentCursor(deps.db)
	const session = await findCheckoutSession(deps.db, sessionId)
	if (!session) return null
	const payment = await paymentOfSession(deps.db, sessionId)
	const methods = await presentCheckoutMethods(deps, {
		merchantId: session.merchant_id,
		query: { amountMinor: session.amount_minor, currency: session.currency, country, capture: 'automatic' },
	})
	return {
		session: {
			id: session.id,
			status: statusOf(session, payment, deps.clock.now()),
			amount: jsonAmount(session.amount_minor),
			currency: session.currency,
			items: session.items,
			expiresAt: session.expires_at.getTime(),
			merchantName: session.merchant_name,
		},
		payment: payment ? forShopper(toPayment(payment)) : null,
		cardForm: cardFormOf(deps.env),
		methods,
		cursor: cursorText(cursor),
	}
}

/** Throws when there is no such order. */
export async function findCheckout({ db }: Pick<Deps, 'db'>, sessionId: string): Promise<CheckoutSessionRow> {
	const session = await findCheckoutSession(db, sessionId)
	if (session) return session
	throw new DomainError('not_found', 'checkout_session_not_found', 'There is no such order.', {
		param: 'sessionId',
	})
}

/** The order's payment as the shopper may see it; null before the first try. */
export async function presentCheckoutPayment(
	{ db }: Pick<Deps, 'db'>,
	{ sessionId }: { sessionId: string },
): Promise<Payment | null> {
	const payment = await paymentOfSession(db, sessionId)
	return payment ? forShopper(toPayment(payment)) : null
}

type NextAction =
	{ kind: 'redirect'; url: string } | { kind: 'stripe'; clientSecret: string } | { kind: 'none' }

/** With Stripe the browser's SDK runs the challenge and needs the intent's secret; the sandbox has a page for it. */
export async function presentNextAction(
	deps: Pick<Deps, 'db' | 'env'> & { gateways: Gateways },
	{ sessionId }: { sessionId: string },
): Promise<NextAction> {
	await findCheckout(deps, sessionId)
	const payment = await paymentOfSession(deps.db, sessionId)
	if (payment?.status !== 'requires_action') return { kind: 'none' }
	if (deps.env.sandbox && payment.next_action_url) return { kind: 'redirect', url: payment.next_action_url }
	const attempt = await latestAttempt(deps.db, payment.id)
	const clientSecret = attempt?.provider_ref
		? await deps.gateways.of(attempt.provider).payments.browserSecret(attempt.provider_ref)
		: null
	if (clientSecret) return { kind: 'stripe', clientSecret }
	return payment.next_action_url ? { kind: 'redirect', url: payment.next_action_url } : { kind: 'none' }
}

/** Shoppers never learn how they were scored. */
export const forShopper = <P extends { risk: unknown; metadata: unknown }>(payment: P): P => ({
	...payment,
	risk: null,
	metadata: {},
})
