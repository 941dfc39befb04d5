import type { Kysely } from 'kysely'
import {
	findCheckoutSession,
	paymentOfSession,
	type CheckoutSessionRow,
} from '#db/queries/checkout-sessions.ts'
import { latestAttempt, requestOf, type AttemptRow } from '#db/queries/attempts.ts'
import { cursorText, presentCursor } from '#db/queries/events.ts'
import { readMerchantFx } from '#db/queries/merchant-fx.ts'
import { toPayment, type PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import type { CheckoutView, FormSource } from '../contracts/checkout.ts'
import type { KeptPayment, Payment, PaymentError } from '../contracts/payments.ts'
import { isNeverAgain, STANDARD_CODES } from '../domain/declines/standard-declines.ts'
import { isGatewayAddress } from '../domain/gateways/next-address.ts'
import type { Gateways, GatewayState } from '../domain/gateways/ports.ts'
import { quotableIn } from '../domain/fx/quote.ts'
import { mayQuote, type RateTable } from '../domain/fx/rate-table.ts'
import { isApprovedElsewhere } from '../domain/methods/method-kinds.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'
import type { Payers } from '../vault/payers.server.ts'
import { presentCheckoutMethods } from './offered-methods.server.ts'

type Deps = {
	db: Kysely<DB>
	payers: Payers
	clock: { now(): Date }
	connections: {
		stripe: { publishableKey: string; apiBase: string | null }
		paypal: { state: GatewayState; clientId: string; apiBase: string }
		sandbox: { url: string } | null
	}
	gateways: Gateways
}
type PageDeps = Deps & { livemode: boolean; rates: { current(): Promise<RateTable> } }

function formsOf({ stripe, sandbox }: Deps['connections']): FormSource {
	const { publishableKey } = stripe
	return sandbox
		? { kind: 'sandbox', publishableKey, origin: sandbox.url }
		: { kind: 'stripe', publishableKey }
}

const hasButtons = ({ paypal }: Deps['connections']): boolean =>
	paypal.state === 'test' || paypal.state === 'live'

export const isPaid = (payment: PaymentRow | undefined): boolean => payment?.status === 'succeeded'

function statusOf(session: CheckoutSessionRow, payment: PaymentRow | undefined, now: Date) {
	if (isPaid(payment)) return 'complete'
	if (session.is_closed) return 'closed'
	return session.expires_at <= now ? 'expired' : 'open'
}

/**
 * Those some gateway takes. None while the rates are too old, or for an order that is not priced in what the merchant
 * is paid in.
 */
async function otherCurrencies(deps: PageDeps, session: CheckoutSessionRow): Promise<string[]> {
	const table = await deps.rates.current()
	if (!mayQuote(table, { now: deps.clock.now(), livemode: deps.livemode })) return []
	const { settlementCurrency } = await readMerchantFx(deps.db, session.merchant_id)
	if (session.currency !== settlementCurrency) return []
	const limits = deps.gateways.all.flatMap(({ methods }) => methods.map((method) => method.limits))
	return quotableIn(session.currency, table).filter((code) =>
		limits.some((byCurrency) => Object.hasOwn(byCurrency, code)),
	)
}

/** The checkout page; the cursor is read first, so that the stream repeats rather than misses. */
export async function presentCheckout(
	deps: PageDeps,
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
	const [shown = null] = await deps.payers.open(deps.db, payment ? [forShopper(toPayment(payment))] : [])
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
		payment: shown,
		methods,
		forms: formsOf(deps.connections),
		paypalButtons: hasButtons(deps.connections) ? { clientId: deps.connections.paypal.clientId } : null,
		currencies: await otherCurrencies(deps, session),
		cursor: cursorText(cursor),
	}
}

/** Whose order it is; null when there is no such order. */
export async function merchantOfOrder(
	{ db }: Pick<Deps, 'db'>,
	sessionId: string,
): Promise<{ merchantId: string; livemode: boolean } | null> {
	const session = await findCheckoutSession(db, sessionId)
	return session ? { merchantId: session.merchant_id, livemode: session.livemode } : null
}

/** Throws when there is no such order. */
async function findCheckout({ db }: Pick<Deps, 'db'>, sessionId: string): Promise<CheckoutSessionRow> {
	const session = await findCheckoutSession(db, sessionId)
	if (session) return session
	throw new DomainError('not_found', 'checkout_session_not_found', 'There is no such order.', {
		param: 'sessionId',
	})
}

/** The order's payment as the shopper may see it, as it is kept; null before the first try. */
export async function presentCheckoutPayment(
	{ db }: Pick<Deps, 'db'>,
	{ sessionId }: { sessionId: string },
): Promise<KeptPayment | null> {
	const payment = await paymentOfSession(db, sessionId)
	return payment ? forShopper(toPayment(payment)) : null
}

type NextAction =
	| { kind: 'frame'; url: string }
	| { kind: 'redirect'; url: string }
	| { kind: 'paypal'; orderId: string; url: string }
	| { kind: 'stripe'; clientSecret: string }
	| { kind: 'none' }

/** The buttons were loaded for orders that are collected at once; they refuse one that only holds the money. */
const fitsButtons = (connections: Deps['connections'], attempt: AttemptRow): boolean =>
	hasButtons(connections) && attempt.provider === 'paypal' && requestOf(attempt).capture === 'automatic'

/** Null for an address that is none of the gateway's: nobody is sent there, whoever wrote it into an answer. */
function addressIn(
	{ next_action_url: url }: PaymentRow,
	{ sandbox, stripe, paypal }: Deps['connections'],
): string | null {
	const asked = { sandboxUrl: sandbox?.url ?? null, apis: [stripe.apiBase, paypal.apiBase] }
	return url !== null && isGatewayAddress(url, asked) ? url : null
}

/**
 * Where the payer says yes: at the site of the method, in a frame with the sandbox's bank, or with Stripe in a dialog
 * of its SDK, which needs the intent's secret.
 */
export async function presentNextAction(
	deps: Pick<Deps, 'db' | 'connections' | 'gateways'>,
	{ sessionId }: { sessionId: string },
): Promise<NextAction> {
	await findCheckout(deps, sessionId)
	const payment = await paymentOfSession(deps.db, sessionId)
	const attempt = payment?.status === 'requires_action' ? await latestAttempt(deps.db, payment.id) : undefined
	if (!payment || !attempt) return { kind: 'none' }
	const url = addressIn(payment, deps.connections)
	if (url !== null && isApprovedElsewhere(payment.method_type ?? 'card')) {
		const { provider_ref: orderId } = attempt
		return orderId !== null && fitsButtons(deps.connections, attempt)
			? { kind: 'paypal', orderId, url }
			: { kind: 'redirect', url }
	}
	if (url !== null && deps.connections.sandbox && attempt.provider === 'stripe') return { kind: 'frame', url }
	const clientSecret = attempt.provider_ref
		? await deps.gateways.of(attempt.provider).payments.browserSecret(attempt.provider_ref)
		: null
	if (clientSecret) return { kind: 'stripe', clientSecret }
	return url === null ? { kind: 'none' } : { kind: 'redirect', url }
}

/** Whoever pays may not own the card: that its bank wants it back is the merchant's to know. */
function reasonForShopper(error: PaymentError | null): PaymentError | null {
	const standard = STANDARD_CODES.find((code) => code === error?.standard_code)
	if (!error || !standard || !isNeverAgain(standard)) return error
	return { ...error, code: 'card_declined', decline_code: null, standard_code: 'declined' }
}

/** Shoppers never learn how they were scored. */
export const forShopper = <Shown extends Payment | KeptPayment>(payment: Shown): Shown => ({
	...payment,
	risk: null,
	metadata: {},
	last_payment_error: reasonForShopper(payment.last_payment_error),
})
