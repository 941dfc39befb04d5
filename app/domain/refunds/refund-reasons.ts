import type { PendingReason } from './refund-state.ts'

const YOURS = 'The money is yours again.'

/** Why a refund did not happen, for people: the gateway's codes first, then its refusals, then our own. */
const FAILURE_WORDS: Readonly<Record<string, string>> = {
	lost_or_stolen_card: `The customer’s card was reported lost or stolen, so their bank sent the refund back. ${YOURS} Agree with the customer on another way.`,
	expired_or_canceled_card: `The customer’s card has expired or was canceled, so their bank sent the refund back. ${YOURS} Agree with the customer on another way.`,
	charge_for_pending_refund_disputed: `The customer disputed the charge while the refund was pending, so it was stopped. ${YOURS} The dispute decides who keeps it.`,
	insufficient_funds: `The balance at the gateway did not cover the refund in time. ${YOURS} Refund again once the balance is enough.`,
	declined: `The customer’s bank refused the refund. ${YOURS} Agree with the customer on another way.`,
	merchant_request: `The refund was canceled at your request. ${YOURS}`,
	unknown: `The customer’s bank sent the refund back without saying why. ${YOURS} Refund again, or agree on another way.`,
	failed: `The gateway gave the refund up without saying why. ${YOURS}`,
	canceled: `The refund was canceled at the gateway. ${YOURS}`,

	charge_disputed: `The customer has disputed this charge, and the gateway refuses refunds meanwhile. Nothing was returned; the dispute decides.`,
	refund_disputed_payment: `The customer has disputed this charge, and the gateway refuses refunds meanwhile. Nothing was returned; the dispute decides.`,
	charge_already_refunded: `The gateway had refunded the whole charge already, so nothing was returned a second time.`,
	amount_too_large: `The gateway has less left on this charge than was asked for, so nothing was returned. Look at its refunds there.`,
	charge_not_refundable: `The gateway does not allow refunds of this charge. Nothing was returned.`,
	balance_insufficient: `The balance at the gateway does not cover the refund. Nothing was returned; refund again once it is enough.`,
	resource_missing: `The gateway does not know this charge. Nothing was returned; check that the right gateway account is connected.`,
	invalid_request: `The gateway refused the refund. Nothing was returned.`,

	approval_rejected: `A colleague did not approve the refund. Nothing was returned.`,
	approval_expired: `Nobody approved the refund within 7 days. Nothing was returned; ask again if it is still wanted.`,
	withdrawn: `The refund was withdrawn before it was approved. Nothing was returned.`,
	refunded_at_gateway: `The money was refunded at the gateway’s own dashboard before this refund was approved, so this one was dropped.`,
}

/** What went wrong and what became of the money; codes nobody has named yet keep their name. */
export const failureMessage = (code: string): string =>
	FAILURE_WORDS[code] ?? `The gateway gave the reason “${code}”. The money was not returned and is yours.`

const PENDING_WORDS: Readonly<Record<PendingReason, string>> = {
	processing: 'The gateway is working on it. The amount is set aside.',
	insufficient_funds:
		'Your balance at the gateway does not cover it yet. It is paid as soon as the balance is enough; the amount is set aside.',
	charge_pending: 'The charge itself is not settled yet. The refund follows it; the amount is set aside.',
	awaiting_approval: 'It is above your limit, so a colleague must approve it. The amount is set aside.',
}

/** Why a refund is still pending, and where the money is meanwhile. */
export const pendingMessage = (reason: PendingReason): string => PENDING_WORDS[reason]
