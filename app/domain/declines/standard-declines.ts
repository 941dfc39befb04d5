export const DECLINE_CLASSES = ['bank', 'limit', 'technical', 'authentication', 'fraud', 'invalid'] as const
export type DeclineClass = (typeof DECLINE_CLASSES)[number]

/** What the payer can do next. `stop`: nothing on this page will help. */
export const ADVICE = ['retry_same', 'other_card', 'other_method', 'stop'] as const
export type Advice = (typeof ADVICE)[number]

export type StandardDecline = {
	readonly class: DeclineClass
	readonly advice: Advice
	/** Whether the next gateway may be asked at once, without the payer. */
	readonly mayFallBack: boolean
	/** What a shopper reads. */
	readonly words: string
}

const decline = (
	kind: DeclineClass,
	advice: Advice,
	words: string,
	mayFallBack = false,
): StandardDecline => ({ class: kind, advice, mayFallBack, words })

const FALLS_BACK = true

/** Every reason a payment is declined for, whoever declined it. */
export const STANDARD_DECLINES = {
	declined: decline(
		'bank',
		'other_card',
		'The bank declined the card. Nothing was charged. Try another card.',
	),
	do_not_honor: decline(
		'bank',
		'other_card',
		'The bank declined the card without giving a reason. Nothing was charged. Try another card or call the bank.',
		FALLS_BACK,
	),
	call_issuer: decline(
		'bank',
		'other_card',
		'The bank wants to speak with the cardholder first. Nothing was charged. Call the bank, or try another card.',
	),
	not_permitted: decline(
		'bank',
		'other_card',
		'The bank does not allow this purchase with this card. Nothing was charged. Try another card.',
	),
	card_not_supported: decline(
		'bank',
		'other_card',
		'This card cannot be used for this kind of purchase. Nothing was charged.',
	),
	currency_not_supported: decline(
		'bank',
		'other_card',
		'This card cannot pay in this currency. Nothing was charged.',
	),
	restricted_card: decline(
		'bank',
		'other_card',
		'The bank has restricted this card. Nothing was charged. Try another card or call the bank.',
	),
	card_not_active: decline(
		'bank',
		'other_card',
		'This card is not activated yet. Nothing was charged. Activate it with the bank, or try another card.',
	),
	account_closed: decline(
		'bank',
		'other_card',
		'The account behind this card is closed. Nothing was charged. Try another card.',
	),
	account_not_found: decline(
		'bank',
		'other_card',
		'The bank does not know this account. Nothing was charged. Try another card.',
	),
	account_updated: decline(
		'bank',
		'other_card',
		'This card was replaced by a new one. Nothing was charged. Use the new card.',
	),
	payments_stopped: decline(
		'bank',
		'other_card',
		'The cardholder told the bank to stop this payment. Nothing was charged. Try another card.',
	),
	reattempt_not_permitted: decline(
		'bank',
		'other_card',
		'The bank will not look at this card again. Nothing was charged. Try another card.',
	),
	duplicate_transaction: decline(
		'bank',
		'stop',
		'The bank took this for a second payment of the same order. Nothing was charged this time. Look for the first one before you try again.',
	),
	debit_not_authorized: decline(
		'bank',
		'other_method',
		'The bank does not allow debits from this account. Nothing was charged. Pay another way.',
	),
	payer_account_unusable: decline(
		'bank',
		'other_method',
		'This account cannot pay at the moment. Nothing was charged. Pay another way.',
	),
	provider_declined: decline(
		'bank',
		'other_method',
		'This way of paying was declined. Nothing was charged. Pay another way.',
	),

	insufficient_funds: decline(
		'limit',
		'other_card',
		'The card does not have enough funds. Nothing was charged. Try another card.',
	),
	card_limit_exceeded: decline(
		'limit',
		'other_card',
		'The card is over its limit. Nothing was charged. Try another card.',
	),
	frequency_limit_exceeded: decline(
		'limit',
		'other_card',
		'The card was used too often in a short time. Nothing was charged. Try another card.',
	),
	amount_not_allowed: decline(
		'limit',
		'other_method',
		'This amount cannot be paid this way. Nothing was charged. Pay another way.',
	),
	gateway_limit_exceeded: decline(
		'limit',
		'other_method',
		'This amount cannot be paid this way. Nothing was charged. Pay another way.',
		FALLS_BACK,
	),

	processing_error: decline(
		'technical',
		'retry_same',
		'The bank could not process the card just now. Nothing was charged. Try again in a moment.',
		FALLS_BACK,
	),
	issuer_unavailable: decline(
		'technical',
		'retry_same',
		'The bank could not be reached just now. Nothing was charged. Try again in a moment.',
		FALLS_BACK,
	),
	try_again_later: decline(
		'technical',
		'retry_same',
		'The bank could not answer just now. Nothing was charged. Try again in a moment.',
		FALLS_BACK,
	),
	gateway_unavailable: decline(
		'technical',
		'retry_same',
		'The payment could not be processed just now. Nothing was charged. Try again in a moment.',
		FALLS_BACK,
	),
	gateway_setup: decline(
		'technical',
		'other_method',
		'The payment could not be processed this way. Nothing was charged. Pay another way.',
		FALLS_BACK,
	),

	authentication_required: decline(
		'authentication',
		'retry_same',
		'The bank wants to confirm it is you. Nothing was charged. Try again and confirm.',
	),
	authentication_failed: decline(
		'authentication',
		'retry_same',
		'The bank could not confirm it was you. Nothing was charged. Try again or use another card.',
	),
	authentication_unavailable: decline(
		'authentication',
		'other_card',
		'The bank’s confirmation could not be started. Nothing was charged. Try another card.',
	),
	approval_missing: decline(
		'authentication',
		'retry_same',
		'The payment was not approved. Nothing was charged. Try again and approve it.',
	),
	approval_expired: decline(
		'authentication',
		'retry_same',
		'The payment waited too long to be approved. Nothing was charged. Try again.',
	),
	payer_canceled: decline(
		'authentication',
		'retry_same',
		'The payment was called off. Nothing was charged. Try again, or pay another way.',
	),
	other_funding_needed: decline(
		'authentication',
		'other_method',
		'The chosen account or card was declined. Nothing was charged. Choose another one, or pay another way.',
	),

	// Neither lost, stolen nor suspected is named: the person paying may not be the card's owner.
	lost_card: decline(
		'fraud',
		'other_card',
		'The bank declined this card. Nothing was charged. Try another card.',
	),
	stolen_card: decline(
		'fraud',
		'other_card',
		'The bank declined this card. Nothing was charged. Try another card.',
	),
	pick_up_card: decline(
		'fraud',
		'other_card',
		'The bank declined this card. Nothing was charged. Try another card.',
	),
	suspected_fraud: decline(
		'fraud',
		'other_card',
		'The bank declined the card. Nothing was charged. Try another card.',
	),
	security_violation: decline(
		'fraud',
		'other_card',
		'The bank declined the card. Nothing was charged. Try another card.',
	),
	blocked_by_gateway: decline(
		'fraud',
		'other_method',
		'This payment was not accepted. Nothing was charged. Pay another way.',
	),
	compliance_violation: decline('fraud', 'stop', 'This payment was not accepted. Nothing was charged.'),

	incorrect_number: decline(
		'invalid',
		'retry_same',
		'The card number is wrong. Nothing was charged. Check it and try again.',
	),
	incorrect_cvc: decline(
		'invalid',
		'retry_same',
		'The security code is wrong. Nothing was charged. Check it and try again.',
	),
	incorrect_expiry: decline(
		'invalid',
		'retry_same',
		'The expiry date is wrong. Nothing was charged. Check it and try again.',
	),
	incorrect_address: decline(
		'invalid',
		'retry_same',
		'The postal code does not match the card. Nothing was charged.',
	),
	incorrect_pin: decline(
		'invalid',
		'retry_same',
		'The PIN is wrong. Nothing was charged. Check it and try again.',
	),
	pin_tries_exceeded: decline(
		'invalid',
		'other_card',
		'The PIN was wrong too often. Nothing was charged. Try another card.',
	),
	expired_card: decline(
		'invalid',
		'other_card',
		'The card has expired. Nothing was charged. Try another card.',
	),
	method_used_up: decline(
		'invalid',
		'retry_same',
		'These payment details can no longer be used. Nothing was charged. Enter them again.',
	),
	method_not_taken: decline(
		'invalid',
		'other_method',
		'This way of paying cannot be taken here. Nothing was charged. Pay another way.',
		FALLS_BACK,
	),
	invalid_request: decline('invalid', 'stop', 'The payment could not be made. Nothing was charged.'),
	test_card: decline(
		'invalid',
		'other_card',
		'This is a test card, and test cards pay nothing here. Nothing was charged. Try another card.',
	),
} as const satisfies Record<string, StandardDecline>

export type StandardCode = keyof typeof STANDARD_DECLINES

export const STANDARD_CODES = Object.keys(STANDARD_DECLINES) as StandardCode[]

/** The gateway or the bank failed, not the payer: what opens the breaker. */
export const TECHNICAL_CODES = STANDARD_CODES.filter((code) => STANDARD_DECLINES[code].class === 'technical')

/**
 * Cards that must never be tried again: lost, stolen, to be picked up, suspected. Nobody can set these to retry or fall
 * back; the database refuses it as well (decline_overrides_never_again).
 */
export const isNeverAgain = (code: StandardCode): boolean => STANDARD_DECLINES[code].class === 'fraud'
