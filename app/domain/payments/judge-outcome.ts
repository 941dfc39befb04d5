import type { AttemptStatus, GatewayOutcome } from './ports.ts'
import { advance, isTerminal, type PaymentState, type PaymentTrigger } from './payment-state.ts'

/** What is known of a payment when an outcome arrives; read under the row's lock. */
export type JudgedPayment = {
	status: PaymentState
	amountMinor: bigint
	currency: string
	/** The amount asked for when a capture was requested; null = the whole authorization. */
	requestedMinor: bigint | null
	requestedOperation: 'capture' | 'cancel' | 'reject' | null
	riskDecision: 'allow' | 'review' | 'block' | null
	payerPresent: boolean
}

export type Judgement = {
	attempt: AttemptStatus
	/** States to move through, in order; empty when the outcome changes nothing. */
	moves: PaymentState[]
	/** Money that arrived with these moves. */
	capturedMinor: bigint | null
	/** Something only a person can settle. */
	attention: { kind: 'gateway_mismatch' | 'late_money'; detail: string } | null
}

const ATTEMPT: Record<GatewayOutcome['kind'], AttemptStatus> = {
	captured: 'succeeded',
	authorized: 'authorized',
	action_needed: 'requires_action',
	approved: 'approved',
	declined: 'declined',
	processing: 'sent',
	canceled: 'canceled',
	unknown: 'unknown',
}

const CAPTURED: Partial<Record<PaymentState, PaymentTrigger[]>> = {
	processing: ['captured'],
	requires_action: ['authenticated', 'captured'],
	requires_capture: ['capture'],
	in_review: ['approve'],
}

function triggersOf(payment: JudgedPayment, outcome: GatewayOutcome): PaymentTrigger[] {
	const { status } = payment
	switch (outcome.kind) {
		case 'captured':
			return CAPTURED[status] ?? []
		case 'authorized': {
			const held: PaymentTrigger = payment.riskDecision === 'review' ? 'authorized_for_review' : 'authorized'
			if (status === 'processing') return [held]
			return status === 'requires_action' ? ['authenticated', held] : []
		}
		case 'action_needed':
			return status === 'processing' ? ['action_needed'] : []
		case 'approved':
			return status === 'requires_action' ? ['authenticated'] : []
		case 'declined':
			if (status === 'processing') return [payment.payerPresent ? 'declined' : 'declined_for_good']
			return status === 'requires_action' ? ['declined'] : []
		case 'canceled':
			if (status === 'requires_capture') return ['void']
			if (status === 'in_review') return [payment.requestedOperation === 'reject' ? 'reject' : 'cancel']
			// A try that ended without anybody canceling the payment leaves the payer free to try again.
			if (status === 'requires_action')
				return [payment.payerPresent && payment.requestedOperation === null ? 'declined' : 'cancel']
			return status === 'processing' ? ['declined_for_good'] : []
		case 'processing':
		case 'unknown':
			return []
	}
}

function mismatch(payment: JudgedPayment, outcome: GatewayOutcome): string | null {
	if (outcome.kind !== 'captured' && outcome.kind !== 'authorized') return null
	const expected =
		outcome.kind === 'captured' ? (payment.requestedMinor ?? payment.amountMinor) : payment.amountMinor
	if (outcome.currency === payment.currency && outcome.amountMinor === expected) return null
	return `The gateway reports ${outcome.amountMinor} ${outcome.currency}, we asked for ${expected} ${payment.currency} (minor units).`
}

/**
 * Decides what an outcome does to a payment. Outcomes come from answers, webhooks and checks, in any order and
 * any number of times: money is taken once, and a terminal state never moves.
 */
export function judgeOutcome(payment: JudgedPayment, outcome: GatewayOutcome): Judgement {
	const judgement: Judgement = {
		attempt: ATTEMPT[outcome.kind],
		moves: [],
		capturedMinor: null,
		attention: null,
	}
	const triggers = triggersOf(payment, outcome)
	if (triggers.length === 0) {
		// The payer came too late: nothing is taken any more, so there is nothing to complete.
		if (outcome.kind === 'approved' && payment.status !== 'processing') {
			return { ...judgement, attempt: 'canceled' }
		}
		const moneyMoved = outcome.kind === 'captured' && payment.status !== 'succeeded'
		if (moneyMoved && (isTerminal(payment.status) || payment.status === 'requires_payment_method')) {
			const detail = `The gateway captured ${outcome.amountMinor} ${outcome.currency} (minor units) for a payment that is ${payment.status}.`
			return { ...judgement, attention: { kind: 'late_money', detail } }
		}
		return judgement
	}
	const wrong = mismatch(payment, outcome)
	if (wrong)
		return { ...judgement, attempt: 'unknown', attention: { kind: 'gateway_mismatch', detail: wrong } }

	let state = payment.status
	for (const trigger of triggers) {
		const move = advance(state, trigger)
		if (!move.ok) return judgement
		state = move.state
		judgement.moves.push(state)
	}
	if (outcome.kind === 'captured') judgement.capturedMinor = outcome.amountMinor
	return judgement
}
