/** A code of PayPal's in the words every gateway shares, and what whoever pays reads. */
export type Decline = { readonly standard: string; readonly words: string }

const decline = (standard: string, words: string): Decline => ({ standard, words })

const OTHER_WAY = 'Nothing was charged. Pay another way.'
const OTHER_CARD = 'Nothing was charged. Try another card.'

const BANK = decline('card_declined', `The bank declined the card. ${OTHER_CARD}`)
const REFUSED = decline('card_declined', `PayPal refused this payment. ${OTHER_WAY}`)
const FUNDS = decline('insufficient_funds', `The card does not have enough funds. ${OTHER_CARD}`)
const LIMIT = decline('card_velocity_exceeded', `The card is over its limit. ${OTHER_CARD}`)
const EXPIRED = decline('expired_card', `The card has expired. ${OTHER_CARD}`)
const CVC = decline(
	'incorrect_cvc',
	'The security code is wrong. Nothing was charged. Check it and try again.',
)
const NUMBER = decline(
	'incorrect_number',
	'The card number is wrong. Nothing was charged. Check it and try again.',
)
const ADDRESS = decline('incorrect_zip', 'The address does not match the card. Nothing was charged.')
const NOT_ALLOWED = decline(
	'card_not_supported',
	'This card cannot be used for this kind of purchase. Nothing was charged.',
)
const AGAIN = decline(
	'processing_error',
	'The bank could not process the card just now. Nothing was charged. Try again in a moment.',
)
const CONFIRM = decline(
	'authentication_required',
	'The bank wants to confirm it is you. Nothing was charged. Try again and confirm.',
)
const PAYER_ACCOUNT = decline('account_unusable', `The PayPal account cannot be used just now. ${OTHER_WAY}`)
const OUR_ACCOUNT = decline(
	'merchant_account',
	'The shop cannot take this payment through PayPal just now. Nothing was charged. Pay another way.',
)
const CURRENCY = decline(
	'currency_not_supported',
	`PayPal does not take payments in this currency. ${OTHER_WAY}`,
)

/**
 * Every code of PayPal's that proves that nothing was charged: issues of its API, and the processor's response codes.
 * A lost or stolen card is not named as such: the person paying may not be its owner.
 */
export const DECLINES: Readonly<Record<string, Decline>> = {
	'0500': decline(
		'do_not_honor',
		'The bank declined the card without giving a reason. Nothing was charged. Try another card or call the bank.',
	),
	'0580': BANK,
	'00N7': CVC,
	'1330': NUMBER,
	'1335': NUMBER,
	'5100': BANK,
	'5110': CVC,
	'5120': FUNDS,
	'5130': BANK,
	'5135': BANK,
	'5140': decline('card_closed', `The card is closed. ${OTHER_CARD}`),
	'5150': BANK,
	'5160': BANK,
	'5170': ADDRESS,
	'5180': NUMBER,
	'5190': ADDRESS,
	'5200': decline(
		'duplicate_transaction',
		'The bank took this for a payment already made. Nothing was charged this time. Wait a moment before you try again.',
	),
	'5210': NOT_ALLOWED,
	'5400': EXPIRED,
	'5650': CONFIRM,
	'5700': NOT_ALLOWED,
	'5710': LIMIT,
	'5900': NUMBER,
	'5910': AGAIN,
	'5920': AGAIN,
	'5930': BANK,
	'5950': CONFIRM,
	'9100': AGAIN,
	'9500': decline('fraudulent', `The bank declined the card. ${OTHER_CARD}`),
	'9510': BANK,
	'9520': decline('lost_or_stolen_card', `The bank declined the card. ${OTHER_CARD}`),
	'9530': BANK,
	'9540': BANK,
	PPAX: LIMIT,
	PPCE: NUMBER,
	PPMD: NOT_ALLOWED,

	AUTHENTICATION_FAILED: decline(
		'authentication_failed',
		'The bank could not confirm it was you. Nothing was charged. Try again or use another card.',
	),
	AUTHORIZATION_DENIED: BANK,
	AUTHORIZATION_EXPIRED: decline(
		'authorization_expired',
		'The hold on the money has run out. Nothing was charged.',
	),
	AUTHORIZATION_VOIDED: decline(
		'authorization_voided',
		'The hold on the money was given up before. Nothing was charged.',
	),
	CARD_BRAND_NOT_SUPPORTED: NOT_ALLOWED,
	CARD_CLOSED: decline('card_closed', `The card is closed. ${OTHER_CARD}`),
	CARD_EXPIRED: EXPIRED,
	CARD_NUMBER_INVALID: NUMBER,
	COMPLIANCE_VIOLATION: REFUSED,
	CREDIT_CARD_REFUSED: BANK,
	CURRENCY_NOT_SUPPORTED: CURRENCY,
	CURRENCY_NOT_SUPPORTED_FOR_CARD_TYPE: CURRENCY,
	CVV2_CHECK_FAILED: CVC,
	DOMESTIC_TRANSACTION_REQUIRED: REFUSED,
	INSTRUMENT_DECLINED: decline(
		'card_declined',
		`The way of paying chosen at PayPal was declined. ${OTHER_WAY}`,
	),
	INVALID_SECURITY_CODE_LENGTH: CVC,
	MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED: decline(
		'too_many_tries',
		`PayPal allows no further try for this order. ${OTHER_WAY}`,
	),
	PAYEE_ACCOUNT_LOCKED_OR_CLOSED: OUR_ACCOUNT,
	PAYEE_ACCOUNT_RESTRICTED: OUR_ACCOUNT,
	PAYEE_BLOCKED_TRANSACTION: REFUSED,
	PAYER_ACCOUNT_LOCKED_OR_CLOSED: PAYER_ACCOUNT,
	PAYER_ACCOUNT_RESTRICTED: PAYER_ACCOUNT,
	PAYER_CANNOT_PAY: decline('account_unusable', `PayPal says this account cannot pay. ${OTHER_WAY}`),
	PAYER_COUNTRY_NOT_SUPPORTED: decline(
		'country_not_supported',
		`PayPal does not take this payment from your country. ${OTHER_WAY}`,
	),
	PAYMENT_DENIED: REFUSED,
	TRANSACTION_AMOUNT_EXCEEDS_MONTHLY_MAX_LIMIT: LIMIT,
	TRANSACTION_BLOCKED_BY_PAYEE: REFUSED,
	TRANSACTION_LIMIT_EXCEEDED: decline(
		'account_limit_exceeded',
		`The amount is above what the PayPal account may pay. ${OTHER_WAY}`,
	),
	TRANSACTION_RECEIVING_LIMIT_EXCEEDED: OUR_ACCOUNT,
	TRANSACTION_REFUSED: REFUSED,

	amount_not_supported: decline('amount_not_supported', `PayPal cannot take this amount. ${OTHER_WAY}`),
	currency_not_supported: CURRENCY,
	payer_required: decline(
		'payer_required',
		'PayPal asks the payer to approve each payment, and nobody was there to do it. Nothing was charged.',
	),
}

/** The processor's code is more specific than the issue and wins over it. */
export const declineMessage = (code: string, declineCode: string | null): string =>
	(DECLINES[declineCode ?? ''] ?? DECLINES[code] ?? REFUSED).words
