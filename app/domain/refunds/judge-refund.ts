import { isCurrency } from '../money/currency.ts'
import { toDecimal } from '../money/money.ts'
import type { RefundOutcome } from '../payments/ports.ts'
import { isOver, mayBecome, type RefundStatus } from './refund-state.ts'

export type RefundFacts = {
	status: RefundStatus
	amountMinor: bigint
	currency: string
	/** The gateway's id, once it is known. */
	providerRef: string | null
}

export type RefundJudgement =
	/** The refund changes its state. */
	| { kind: 'moves'; to: RefundStatus }
	/** Not decided yet: ask again later. */
	| { kind: 'waits' }
	/** Old news. */
	| { kind: 'stays' }
	/** Never booked by itself: a person looks. */
	| { kind: 'differs'; detail: string }

/** Also of a currency nobody here takes: the gateway may say anything. */
const amountText = (minor: bigint, currency: string): string =>
	isCurrency(currency)
		? `${toDecimal({ minor, currency })} ${currency.toUpperCase()}`
		: `${minor} minor units of ${currency}`

/** What an answer of the gateway does to a refund. An answer about other money than was asked for does nothing. */
export function judgeRefund(refund: RefundFacts, outcome: RefundOutcome): RefundJudgement {
	if (outcome.kind === 'unknown') return isOver(refund.status) ? { kind: 'stays' } : { kind: 'waits' }
	if ('amountMinor' in outcome) {
		if (outcome.amountMinor !== refund.amountMinor || outcome.currency !== refund.currency) {
			const detail = `The gateway made refund ${outcome.ref} over ${amountText(outcome.amountMinor, outcome.currency)}, but ${amountText(refund.amountMinor, refund.currency)} was asked for. Nothing more is booked until a person has looked.`
			return { kind: 'differs', detail }
		}
		const endedUnpaid = refund.status === 'failed' || refund.status === 'canceled'
		// The same gateway refund said it before: then this answer is merely late.
		if (endedUnpaid && outcome.ref !== refund.providerRef) {
			const detail = `This refund ended as ${refund.status}, yet the gateway made it, as ${outcome.ref}. Its amount is not booked.`
			return { kind: 'differs', detail }
		}
	}
	if (mayBecome(refund.status, outcome.kind)) return { kind: 'moves', to: outcome.kind }
	return isOver(refund.status) ? { kind: 'stays' } : { kind: 'waits' }
}
