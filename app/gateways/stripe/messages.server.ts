import type { GatewayMessages, MessageVerdict, ReceivedMessage } from '../../domain/gateways/ports.ts'
import { verifyStripeWebhook } from './verify-webhook.server.ts'
import { pointerOfStripeEvent, subjectOfStripeEvent } from './webhook-subject.server.ts'

type Settings = { webhookSecrets: readonly string[]; livemode: boolean }

const OFF = { kind: 'off', message: 'No webhook secret is set, so this endpoint is off.' } as const

const FORGED = {
	kind: 'refused',
	code: 'signature_invalid',
	message: 'The signature does not match, or is too old or too new.',
	param: 'Stripe-Signature',
} as const

const NOT_OURS = {
	kind: 'refused',
	code: 'event_not_ours',
	message: 'The message is about another account, or about the other of test and live money.',
} as const

function verify({ webhookSecrets, livemode }: Settings, message: ReceivedMessage): MessageVerdict {
	if (webhookSecrets.length === 0) return OFF
	const { rawBody, now } = message
	const event = verifyStripeWebhook(
		rawBody,
		message.header('stripe-signature'),
		webhookSecrets,
		now.getTime(),
	)
	if (!event) return FORGED
	if (event.account !== null || event.livemode !== livemode) return NOT_OURS
	const { id, type, payload } = event
	return { kind: 'genuine', id, type, payload: pointerOfStripeEvent(payload) }
}

/** Webhooks as Stripe signs them: HMAC with the endpoint's secret, several while one is replaced. */
export const createStripeMessages = (settings: Settings): GatewayMessages => ({
	verify: async (message) => verify(settings, message),
	subjectOf: subjectOfStripeEvent,
})
