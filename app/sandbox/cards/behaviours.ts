import type { DeclineName } from './declines.ts'

export interface Behaviour {
	/** Refused when charged. Together with `authentication`: refused after the customer authenticated. */
	decline?: DeclineName
	authentication?: 'always' | 'unless_set_up' | 'already_set_up' | 'lookup_fails'
	dispute?: 'fraudulent' | 'product_not_received' | 'inquiry'
	earlyFraudWarning?: true
	/** `asks_payer`: as with bank transfers, the payer must say where the money goes. */
	refund?: 'pending' | 'fails_later' | 'asks_payer'
	risk?: 'elevated' | 'highest'
	availableAtOnce?: true
	failedCheck?: 'cvc' | 'postal_code'
}

/** Card by card what Stripe's testing page promises. A card not listed simply succeeds. */
const BEHAVIOURS: Record<string, Behaviour> = {
	'4000000000000002': { decline: 'generic_decline' },
	'4000000000009995': { decline: 'insufficient_funds' },
	'4000000000009987': { decline: 'lost_card' },
	'4000000000009979': { decline: 'stolen_card' },
	'4000000000000069': { decline: 'expired_card' },
	'4000000000000127': { decline: 'incorrect_cvc' },
	'4000000000000119': { decline: 'processing_error' },
	'4000000000006975': { decline: 'card_velocity_exceeded' },
	'4000000000000341': { decline: 'generic_decline' },
	'4100000000000019': { decline: 'blocked', risk: 'highest' },
	'4000002500003155': { authentication: 'unless_set_up' },
	'4000002760003184': { authentication: 'always' },
	'4000003800000446': { authentication: 'already_set_up' },
	'4000000000003220': { authentication: 'always' },
	'4000008260003178': { authentication: 'always', decline: 'insufficient_funds' },
	'4000008400001629': { authentication: 'always', decline: 'generic_decline' },
	'4000008400001280': { authentication: 'lookup_fails' },
	'4000000000000259': { dispute: 'fraudulent' },
	'4000000000002685': { dispute: 'product_not_received' },
	'4000000000001976': { dispute: 'inquiry' },
	'4000000000005423': { earlyFraudWarning: true },
	'4000000000007726': { refund: 'pending' },
	'4000000000005126': { refund: 'fails_later' },
	'4000000000007734': { refund: 'asks_payer' },
	'4000000000009235': { risk: 'elevated' },
	'4000000000004954': { risk: 'highest' },
	'4000000000000077': { availableAtOnce: true },
	'4000000000000101': { failedCheck: 'cvc' },
	'4000000000000036': { failedCheck: 'postal_code' },
}

export const behaviourOf = (number: string): Behaviour => BEHAVIOURS[number] ?? {}
