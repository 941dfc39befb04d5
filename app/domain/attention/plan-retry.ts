import { isTerminal, type PaymentState } from '../payments/payment-state.ts'
import { holdsMoney, type RefundStatus } from '../refunds/refund-state.ts'
import type { AttentionKind } from './attention-kinds.ts'

/** The job that failed for good, as kept in its item. */
export type FailedJob = {
	queue: string
	payload: unknown
	/** What was asked of the gateway and given up. Amounts are decimal digits of minor units; null = everything. */
	operation?: 'capture' | 'cancel' | 'reject'
	amountMinor?: string | null
}

export type RetryFacts = {
	kind: AttentionKind
	/** Null when the subject is not a payment, or there is none. */
	payment: PaymentState | null
	/** Attempts without a trustworthy answer. */
	openAttempts: readonly string[]
	refund: RefundStatus | null
	job: FailedJob | null
	/** Whether the queue's own contract still accepts the payload. */
	isJobReadable: boolean
}

export type RetryPlan =
	| { do: 'check-attempts'; attempts: readonly string[] }
	| { do: 'send-refund' }
	| { do: 'ask-operation'; operation: 'capture' | 'cancel' | 'reject'; amountMinor: string | null }
	| { do: 'requeue' }
	| { do: 'verify' }

/** What trying again means for an item; null when it cannot help. */
export function planRetry(facts: RetryFacts): RetryPlan | null {
	const { kind, payment, openAttempts, refund, job } = facts
	switch (kind) {
		case 'outcome_unknown':
		case 'gateway_mismatch':
			return payment !== null && !isTerminal(payment) && openAttempts.length > 0
				? { do: 'check-attempts', attempts: openAttempts }
				: null
		case 'refund_unknown':
			return refund !== null && refund !== 'succeeded' && holdsMoney(refund) ? { do: 'send-refund' } : null
		case 'job_failed':
		case 'operation_refused':
			if (job?.operation) {
				return payment !== null && !isTerminal(payment)
					? { do: 'ask-operation', operation: job.operation, amountMinor: job.amountMinor ?? null }
					: null
			}
			return job && facts.isJobReadable ? { do: 'requeue' } : null
		case 'rates_stale':
		case 'audit_broken':
			return job && facts.isJobReadable ? { do: 'requeue' } : null
		case 'integrity_broken':
			return { do: 'verify' }
		case 'late_money':
		case 'dispute_due':
		case 'dispute_refused':
			return null
	}
}
