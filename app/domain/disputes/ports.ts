import type { DisputeState } from './dispute-state.ts'

/** Money the gateway moved for a case, in its currency; `feeMinor` is never negative. */
export type DisputeMovement = { readonly amountMinor: bigint; readonly feeMinor: bigint }

/** A case as the gateway has it now. */
export type DisputeObservation = DisputeState & {
	readonly ref: string
	/** The gateway's payment the case is about. */
	readonly paymentRef: string | null
	/** Our attempt behind that payment, when the gateway's answer names it. */
	readonly attemptId: string | null
	readonly amountMinor: bigint
	readonly currency: string
	/** What the gateway took out of its balance, and what it put back with the fee it gave back. */
	readonly withdrawn: DisputeMovement | null
	readonly reinstated: DisputeMovement | null
	readonly reason: string
	readonly networkReasonCode: string | null
	readonly isChargeRefundable: boolean
	readonly dueAt: Date | null
	/** Answers the gateway has taken so far. */
	readonly submissions: number
	readonly openedAt: Date
}

/** What became of an answer to the bank. Only `refused` proves that it was not taken. */
export type DisputeAnswer =
	| { kind: 'taken'; dispute: DisputeObservation }
	| { kind: 'refused'; reason: string }
	| { kind: 'unknown'; reason: string }

/** A gateway that reports disputes. No method may be called while a database transaction is open. */
export type DisputeGateway = {
	/** Null when the gateway does not know it. Throws when it cannot be asked, or its answer cannot be read. */
	findDispute(ref: string): Promise<DisputeObservation | null>
	/** Names of the cases opened since then, whoever's payments they are about, newest first. */
	listRefsSince(since: Date): Promise<string[]>
	/** Final at the gateway. `key` is the idempotency key. */
	submitEvidence(input: {
		key: string
		ref: string
		evidence: Readonly<Record<string, string>>
	}): Promise<DisputeAnswer>
	/** Gives the case up. */
	accept(input: { key: string; ref: string }): Promise<DisputeAnswer>
}
