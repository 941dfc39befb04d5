import type { Gateway, GatewayState } from '../../domain/gateways/ports.ts'
import { createStripeBooks } from './books.server.ts'
import { createStripe, type StripeSettings } from './client.server.ts'
import { STRIPE_DECLINES } from './decline-codes.ts'
import { createStripeDisputeGateway } from './disputes.server.ts'
import { createStripeMessages } from './messages.server.ts'
import { STRIPE_METHODS } from './method-terms.server.ts'
import { createStripePayments } from './payments.server.ts'

type Settings = StripeSettings & {
	state: GatewayState
	webhookSecrets: readonly string[]
	livemode: boolean
}

/** Stored methods, card-form tokens and the older card objects. */
const STRIPE_IDS = /^(pm|ctoken|card|src)_/

/** Stripe, or anything that speaks its wire format. */
export function createStripeGateway(settings: Settings): Gateway {
	const stripe = createStripe(settings)
	return {
		name: 'stripe',
		title: 'Stripe',
		state: settings.state,
		methods: STRIPE_METHODS,
		ownsMethod: (method) => STRIPE_IDS.test(method),
		declines: STRIPE_DECLINES,
		payments: createStripePayments(stripe),
		disputes: createStripeDisputeGateway(stripe),
		books: createStripeBooks(stripe),
		messages: createStripeMessages(settings),
	}
}
