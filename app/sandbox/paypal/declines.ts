import { type Behaviour, behaviourOf } from '../cards/behaviours.ts'
import type { DeclineName } from '../cards/declines.ts'

export const APPROVED = '0000'

/**
 * The answer of the card's bank in PayPal's processor response codes. Undefined: the same card is paid with
 * here though Stripe's twin declines it, since its trouble lies with that gateway and not with the bank.
 */
const CODES: Record<DeclineName, string | undefined> = {
	generic_decline: '0500',
	insufficient_funds: '5120',
	lost_card: '9520',
	stolen_card: '9520',
	card_velocity_exceeded: '5100',
	blocked: '9500',
	expired_card: '5400',
	incorrect_cvc: '5110',
	authentication_required: '5650',
	processing_error: undefined,
}

export function answerOfBank(number: string): string {
	const { authentication, decline } = behaviourOf(number)
	if (authentication === 'lookup_fails') return CODES.generic_decline ?? APPROVED
	return (decline && CODES[decline]) ?? APPROVED
}

export const asksForAuthentication = ({ authentication }: Behaviour): boolean =>
	authentication === 'always' || authentication === 'unless_set_up'
