import type { Debit, PaymentMethod } from '../books/method-shapes.ts'
import type { Charge, ChargedWith, PaymentIntent, ThreeDSecure } from '../books/payment-shapes.ts'
import type { Behaviour } from '../cards/behaviours.ts'
import type { Decline } from '../cards/declines.ts'
import type { Desk } from '../sandbox.ts'
import { draftCharge, isCard } from './charge-draft.ts'
import { feeFor } from './currencies.ts'
import { publish } from './publish.ts'
import { move } from './transactions.ts'

const SCORES = { normal: 12, elevated: 68, highest: 91 } as const
const DISPUTED_AFTER_SECONDS = 600
const WARNED_AFTER_SECONDS = 300

export interface Attempt {
	intent: PaymentIntent
	method: Exclude<PaymentMethod, Debit>
	behaviour: Behaviour
	authenticated: boolean
	decline?: Decline | undefined
}

function outcome({ behaviour, decline }: Attempt): Charge['outcome'] {
	const level = behaviour.risk ?? 'normal'
	const risk: Pick<Charge['outcome'], 'risk_level' | 'risk_score'> = {
		risk_level: level,
		risk_score: SCORES[level],
	}
	if (!decline) {
		const seller_message = 'Payment complete.'
		return {
			...risk,
			network_status: 'approved_by_network',
			reason: null,
			seller_message,
			type: 'authorized',
		}
	}
	if (decline.blocked) {
		return {
			...risk,
			network_status: 'not_sent_to_network',
			reason: 'highest_risk_level',
			seller_message: 'Stripe blocked this payment as too risky.',
			type: 'blocked',
		}
	}
	return {
		...risk,
		network_status: 'declined_by_network',
		reason: decline.decline_code,
		seller_message: `The bank returned the decline code \`${decline.decline_code}\`.`,
		type: 'issuer_declined',
	}
}

const CHALLENGED: ThreeDSecure = {
	authentication_flow: 'challenge',
	result: 'authenticated',
	version: '2.2.0',
}

function chargedWith({ authenticated, method }: Attempt): ChargedWith {
	if (method.type === 'link') return { type: 'link', link: { country: 'US' } }
	const three_d_secure = authenticated ? CHALLENGED : null
	return { type: 'card', card: { ...method.card, network: method.card.brand, three_d_secure } }
}

/** One try at the card's bank. The charge stays on the books whether it was approved or not. */
export function charge(desk: Desk, attempt: Attempt): Charge {
	const { decline, intent, method } = attempt
	const draft = draftCharge(desk, {
		intent,
		method,
		details: chargedWith(attempt),
		outcome: outcome(attempt),
	})
	const made: Charge = {
		...draft,
		failure_code: decline?.code ?? null,
		failure_message: decline?.message ?? null,
		paid: !decline,
		status: decline ? 'failed' : 'succeeded',
	}
	if (decline || intent.capture_method === 'manual') {
		desk.books.charges.put(made)
		publish(desk, decline ? 'charge.failed' : 'charge.succeeded', made)
		return made
	}
	const captured = collect(desk, made, intent.amount, attempt.behaviour)
	publish(desk, 'charge.succeeded', captured)
	return captured
}

/** Takes an approved charge's money: now with an automatic capture, later with a manual one. */
export function collect(desk: Desk, approved: Charge, amount: number, behaviour: Behaviour): Charge {
	const transaction = move(desk, {
		type: isCard(approved) ? 'charge' : 'payment',
		amount,
		fee: feeFor(amount, approved.currency),
		currency: approved.currency,
		source: approved.id,
		description: approved.description,
		atOnce: behaviour.availableAtOnce,
	})
	if (behaviour.dispute) desk.schedule.later(DISPUTED_AFTER_SECONDS, 'dispute.open', approved.id)
	if (behaviour.earlyFraudWarning) desk.schedule.later(WARNED_AFTER_SECONDS, 'warning.open', approved.id)
	return desk.books.charges.put({
		...approved,
		amount_captured: amount,
		balance_transaction: transaction.id,
		captured: true,
	})
}
