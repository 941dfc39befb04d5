/** What a shopper reads. A lost or stolen card is not named as such: the person paying may not be its owner. */
const MESSAGES: Readonly<Record<string, string>> = {
	insufficient_funds: 'The card does not have enough funds. Nothing was charged. Try another card.',
	lost_card: 'The bank declined this card. Nothing was charged. Try another card.',
	stolen_card: 'The bank declined this card. Nothing was charged. Try another card.',
	expired_card: 'The card has expired. Nothing was charged. Try another card.',
	incorrect_cvc: 'The security code is wrong. Nothing was charged. Check it and try again.',
	incorrect_number: 'The card number is wrong. Nothing was charged. Check it and try again.',
	incorrect_zip: 'The postal code does not match the card. Nothing was charged.',
	processing_error:
		'The bank could not process the card just now. Nothing was charged. Try again in a moment.',
	authentication_required: 'The bank wants to confirm it is you. Nothing was charged. Try again and confirm.',
	payment_intent_authentication_failure:
		'The bank could not confirm it was you. Nothing was charged. Try again or use another card.',
	card_not_supported: 'This card cannot be used for this kind of purchase. Nothing was charged.',
	currency_not_supported: 'This card cannot pay in this currency. Nothing was charged.',
	card_velocity_exceeded: 'The card is over its limit. Nothing was charged. Try another card.',
	do_not_honor:
		'The bank declined the card without giving a reason. Nothing was charged. Try another card or call the bank.',
}

const DEFAULT = 'The bank declined the card. Nothing was charged. Try another card.'

/** The more specific decline code wins over the error code. */
export const declineMessage = (code: string | null, declineCode: string | null): string =>
	MESSAGES[declineCode ?? ''] ?? MESSAGES[code ?? ''] ?? DEFAULT
