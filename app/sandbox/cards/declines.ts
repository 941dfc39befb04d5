export interface Decline {
	code: string
	decline_code: string
	message: string
	/** Refused by the gateway's own risk rules, before the card's bank was asked. */
	blocked?: true
}

const declined = (decline_code: string, message = 'Your card was declined.'): Decline => ({
	code: 'card_declined',
	decline_code,
	message,
})

const coded = (code: string, message: string): Decline => ({ code, decline_code: code, message })

export const DECLINES = {
	generic_decline: declined('generic_decline'),
	insufficient_funds: declined('insufficient_funds', 'Your card has insufficient funds.'),
	lost_card: declined('lost_card'),
	stolen_card: declined('stolen_card'),
	card_velocity_exceeded: declined(
		'card_velocity_exceeded',
		'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
	),
	blocked: { ...declined('fraudulent'), blocked: true },
	expired_card: coded('expired_card', 'Your card has expired.'),
	incorrect_cvc: coded('incorrect_cvc', "Your card's security code is incorrect."),
	processing_error: coded(
		'processing_error',
		'An error occurred while processing your card. Try again in a little bit.',
	),
	authentication_required: coded(
		'authentication_required',
		'Your card was declined. This transaction requires authentication.',
	),
} satisfies Record<string, Decline>

export type DeclineName = keyof typeof DECLINES

export const declineNamed = (name: DeclineName): Decline => DECLINES[name]
