import type { DeclineVerdict } from '../declines/read-decline.ts'
import { isNeverAgain } from '../declines/standard-declines.ts'
import type { AttemptStatus, GatewayOutcome } from '../payments/ports.ts'
import type { PaymentState } from '../payments/payment-state.ts'
import type { Route } from './route.ts'

/** A declined try, read under the payment's lock. */
export type DeclinedTry = {
	readonly outcome: GatewayOutcome['kind']
	readonly verdict: Pick<DeclineVerdict, 'standard' | 'mayFallBack'> | null
	readonly paymentStatus: PaymentState
	readonly operationRequested: boolean
	readonly attempt: {
		readonly id: string
		readonly gateway: string
		readonly status: AttemptStatus
		readonly number: number
		readonly isLatest: boolean
		/** How often the payer has said yes to it. */
		readonly approvals: number
		readonly ageMs: number
	}
	readonly route: Route | null
	/** The card as each gateway knows it. */
	readonly tokens: Readonly<Record<string, string>>
}

const MOST_TRIES = 3
/** A decline proven later than this finds the payer gone: nobody expects a charge any more. */
const PAYER_WAITS_MS = 5 * 60_000

export type Fallback = { readonly gateway: string; readonly method: string; readonly route: Route }

/**
 * Whether the next gateway is asked at once. Only a decline proves that nothing was charged; an unknown outcome, a
 * payer who had to act, a card that must never be tried again and a payment that has moved on never lead further.
 */
export function judgeFallback(declined: DeclinedTry): Fallback | null {
	const { outcome, verdict, attempt, route, tokens } = declined
	if (outcome !== 'declined' || !verdict?.mayFallBack || isNeverAgain(verdict.standard)) return null
	if (declined.paymentStatus !== 'processing' || declined.operationRequested) return null
	if (attempt.status !== 'sent' && attempt.status !== 'unknown') return null
	if (!attempt.isLatest || attempt.approvals > 0 || attempt.number >= MOST_TRIES) return null
	if (attempt.ageMs > PAYER_WAITS_MS || !route) return null
	const rest = route.order.slice(route.order.indexOf(attempt.gateway) + 1)
	const left = rest.filter((gateway) => gateway !== attempt.gateway && tokens[gateway] !== undefined)
	const [gateway] = left
	const method = gateway === undefined ? undefined : tokens[gateway]
	if (gateway === undefined || method === undefined) return null
	const after = { attempt: attempt.id, gateway: attempt.gateway, standard_code: verdict.standard }
	return { gateway, method, route: { ...route, order: left, health: 'well', after } }
}
