import type { MethodType } from '../methods/method-terms.ts'
import type { Sealed } from '../privacy/sealed.ts'
import type { PendingReason, RefundReason } from '../refunds/refund-state.ts'

/** `sent`: asked, no answer yet. `unknown`: no trustworthy answer; the janitor asks, nothing is repeated blind. */
export type AttemptStatus =
	| 'sent'
	| 'unknown'
	| 'requires_action'
	/** The payer has said yes; no money has moved until the gateway is told to take it. */
	| 'approved'
	| 'authorized'
	| 'succeeded'
	| 'declined'
	| 'canceled'

/** Everything a gateway is told. Kept with the attempt: asking again sends the same bytes under the same key. */
export type ChargeRequest = {
	/** Also the idempotency key. */
	attemptId: string
	paymentId: string
	amountMinor: bigint
	currency: string
	/** What is charged: a gateway's id of a stored method, a form's token, or the bare name of a redirect method. */
	method: string
	/** Null when nobody has said yet; the gateway finds out from `method`. */
	methodType: MethodType | null
	capture: 'automatic' | 'manual'
	description: string | null
	receiptEmail: string | null
	/** Without a payer nobody can answer a challenge. */
	payerPresent: boolean
	/** Where a challenge or approval leads back to, and where when the payer calls it off. */
	returnUrl: string
	cancelUrl: string
}

/** The same as it is kept: sealed, until it is sent. */
export type KeptRequest = Omit<ChargeRequest, 'receiptEmail'> & { receiptEmail: Sealed | null }

/** What a gateway says became of an attempt, in our words. */
export type GatewayOutcome =
	| {
			kind: 'captured'
			ref: string
			chargeRef: string | null
			amountMinor: bigint
			currency: string
			/** In the payment's currency; null when not known yet or settled in another currency. */
			feeMinor: bigint | null
	  }
	| { kind: 'authorized'; ref: string; chargeRef: string | null; amountMinor: bigint; currency: string }
	| { kind: 'action_needed'; ref: string; url: string | null }
	/** The payer has said yes; nothing is charged until `complete` is called. */
	| { kind: 'approved'; ref: string }
	| { kind: 'declined'; ref: string | null; code: string; declineCode: string | null; message: string }
	| { kind: 'processing'; ref: string }
	| { kind: 'canceled'; ref: string }
	| { kind: 'unknown'; ref: string | null; reason: string }

export type MethodFacts = {
	type: MethodType
	/** Of a card: its network. Of an account: its bank. */
	brand: string | null
	last4: string | null
	expMonth: number | null
	expYear: number | null
	country: string | null
	/** The same for the same card or account within one gateway account. */
	fingerprint: string | null
}

/** What a gateway says became of a refund. A failed or canceled one moved no money, or brought it back. */
export type RefundOutcome =
	| {
			kind: 'succeeded' | 'pending' | 'requires_action'
			ref: string
			amountMinor: bigint
			currency: string
			/** Only of a pending one. */
			pendingReason: PendingReason | null
	  }
	| { kind: 'failed' | 'canceled'; ref: string | null; reason: string }
	| { kind: 'unknown'; reason: string }

/** A refund as the gateway has it, whoever made it. */
export type GatewayRefund = {
	ref: string
	/** The gateway's id of the charge's payment. */
	paymentRef: string | null
	/** Our ids, when the gateway was told them; null for refunds made at its own dashboard. */
	refundId: string | null
	attemptId: string | null
	amountMinor: bigint
	currency: string
	reason: RefundReason | null
	outcome: RefundOutcome
}

export type RefundRequest = {
	/** Also the idempotency key. */
	refundId: string
	paymentRef: string
	amountMinor: bigint
	currency: string
	reason: string | null
}

/** How a gateway takes payments. No method may be called while a database transaction is open. */
export type PaymentGateway = {
	readonly name: string
	/** Facts about a method; null when the gateway does not know it. Throws when the gateway cannot be asked. */
	describeMethod(method: string): Promise<MethodFacts | null>
	charge(request: ChargeRequest): Promise<GatewayOutcome>
	/**
	 * Takes the money of an attempt its payer has approved. `approval` counts the payer's approvals and is part of the
	 * idempotency key; a gateway that charges on approval only tells how the attempt stands.
	 */
	complete(request: ChargeRequest, input: { ref: string; approval: number }): Promise<GatewayOutcome>
	/** Asks what became of an attempt; null when the gateway has never heard of it. */
	findOutcome(attempt: {
		attemptId: string
		ref: string | null
		startedAt: Date
	}): Promise<GatewayOutcome | null>
	capture(input: {
		attemptId: string
		ref: string
		amountMinor: bigint
		currency: string
	}): Promise<GatewayOutcome>
	/** Ends an attempt that has not taken money: a hold, a challenge, an approval nobody gave. */
	cancel(input: { attemptId: string; ref: string }): Promise<GatewayOutcome>
	refund(request: RefundRequest): Promise<RefundOutcome>
	/** Asks for one refund; null when the gateway does not know it. Throws when the gateway cannot be asked. */
	findRefund(ref: string): Promise<GatewayRefund | null>
	/** Looks for a refund of ours among all refunds of its payment; null when the gateway never made it. */
	findRefundOf(request: Pick<RefundRequest, 'refundId' | 'paymentRef'>): Promise<RefundOutcome | null>
	/** Takes back a refund that waits for the payer. */
	cancelRefund(input: { refundId: string; ref: string }): Promise<RefundOutcome>
	/** What the browser needs to continue an authentication. */
	browserSecret(ref: string): Promise<string | null>
}
