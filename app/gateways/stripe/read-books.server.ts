import type Stripe from 'stripe'
import type {
	GatewayCharge,
	GatewayMovement,
	GatewayPayout,
	GatewayRefund,
} from '../../domain/reconciliation/ports.ts'
import { PAYOUT_STATES } from '../../domain/reconciliation/ports.ts'
import { REFUND_STATES } from '../../domain/refunds/refund-state.ts'
import { amountOnWire } from './wire-amount.server.ts'

const at = (seconds: number): Date => new Date(seconds * 1000)

/** An expanded object; null when only its id, or nothing, is there. */
const whole = <T extends object>(value: string | T | null | undefined): T | null =>
	typeof value === 'object' ? value : null
const idOf = (value: string | { id: string } | null | undefined): string | null =>
	typeof value === 'string' ? value : (value?.id ?? null)

export function readMovement(line: Stripe.BalanceTransaction): GatewayMovement {
	return {
		ref: line.id,
		type: line.type,
		sourceRef: idOf(line.source),
		amountMinor: amountOnWire(line.amount, line.currency),
		feeMinor: amountOnWire(line.fee, line.currency),
		netMinor: amountOnWire(line.net, line.currency),
		currency: line.currency,
		occurredAt: at(line.created),
		availableAt: at(line.available_on),
	}
}

const linesOf = (...lines: (string | Stripe.BalanceTransaction | null | undefined)[]): GatewayMovement[] =>
	lines.flatMap((line) => {
		const read = whole(line)
		return read ? [readMovement(read)] : []
	})

function standing(
	intent: Stripe.PaymentIntent,
): Pick<GatewayCharge, 'kind' | 'status' | 'amountMinor'> | null {
	const amountMinor = amountOnWire(intent.amount, intent.currency)
	switch (intent.status) {
		case 'succeeded':
			return {
				kind: 'charge',
				status: 'succeeded',
				amountMinor: amountOnWire(intent.amount_received, intent.currency),
			}
		case 'requires_capture':
			return {
				kind: 'authorization',
				status: 'succeeded',
				amountMinor: amountOnWire(intent.amount_capturable, intent.currency),
			}
		case 'canceled':
			return { kind: 'authorization', status: 'canceled', amountMinor }
		case 'requires_payment_method':
			return { kind: 'authorization', status: intent.last_payment_error ? 'failed' : 'pending', amountMinor }
		case 'requires_action':
		case 'requires_confirmation':
		case 'processing':
			return { kind: 'authorization', status: 'pending', amountMinor }
		default:
			return null
	}
}

/** A PaymentIntent with its expanded charge; null in a state this version does not know. */
export function readCharge(intent: Stripe.PaymentIntent): GatewayCharge | null {
	const state = standing(intent)
	if (!state) return null
	const charge = whole(intent.latest_charge)
	const movements = linesOf(charge?.balance_transaction)
	const line = movements.find(({ currency }) => currency === intent.currency)
	return {
		...state,
		ref: intent.id,
		chargeRef: idOf(intent.latest_charge),
		currency: intent.currency,
		feeMinor: line?.feeMinor ?? null,
		ourRef: intent.metadata['attempt_id'] ?? null,
		occurredAt: line?.occurredAt ?? at(intent.created),
		movements,
	}
}

/** A charge made without a PaymentIntent. */
export function readBareCharge(charge: Stripe.Charge): GatewayCharge {
	const movements = linesOf(charge.balance_transaction)
	const line = movements.find(({ currency }) => currency === charge.currency)
	return {
		ref: charge.id,
		chargeRef: charge.id,
		kind: charge.captured ? 'charge' : 'authorization',
		status: charge.status === 'succeeded' ? 'succeeded' : charge.status === 'failed' ? 'failed' : 'pending',
		amountMinor: amountOnWire(charge.captured ? charge.amount_captured : charge.amount, charge.currency),
		currency: charge.currency,
		feeMinor: line?.feeMinor ?? null,
		ourRef: charge.metadata['attempt_id'] ?? null,
		occurredAt: line?.occurredAt ?? at(charge.created),
		movements,
	}
}

export function readRefundLine(refund: Stripe.Refund): GatewayRefund | null {
	const status = REFUND_STATES.find((state) => state === refund.status)
	if (!status) return null
	return {
		ref: refund.id,
		parentRef: idOf(refund.payment_intent) ?? idOf(refund.charge),
		status,
		amountMinor: amountOnWire(refund.amount, refund.currency),
		currency: refund.currency,
		reason: refund.reason,
		ourRef: refund.metadata?.['refund_id'] ?? null,
		occurredAt: at(refund.created),
		movements: linesOf(refund.balance_transaction, refund.failure_balance_transaction),
	}
}

export function readPayout(payout: Stripe.Payout): GatewayPayout | null {
	const status = PAYOUT_STATES.find((state) => state === payout.status)
	if (!status) return null
	return {
		ref: payout.id,
		status,
		amountMinor: amountOnWire(payout.amount, payout.currency),
		currency: payout.currency,
		arrivesAt: at(payout.arrival_date),
		statementText: payout.statement_descriptor,
		createdAt: at(payout.created),
	}
}
