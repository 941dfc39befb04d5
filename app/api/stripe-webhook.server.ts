import { receiveWebhook } from '../commands/webhooks/receive-webhook.server.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { readText } from '../http/read-json.server.ts'
import { handler, json } from './handler.server.ts'

const MOST_BYTES = 1024 * 1024

/** POST /api/v1/webhooks/stripe: the signature is checked over the raw text before anything parses it. */
export const stripeWebhook = handler(async (request, { services }) => {
	if (services.env.stripe.webhookSecrets.length === 0) {
		throw new DomainError('not_found', 'endpoint_off', 'No webhook secret is set, so this endpoint is off.')
	}
	const rawBody = await readText(request, MOST_BYTES)
	const event = services.verifyWebhook(rawBody, request.headers.get('stripe-signature'))
	if (!event) {
		throw new DomainError(
			'invalid',
			'signature_invalid',
			'The signature does not match, or is too old or too new.',
			{
				param: 'Stripe-Signature',
			},
		)
	}
	if (event.account !== null || event.livemode !== services.livemode) {
		const message = 'The message is about another account, or about the other of test and live money.'
		throw new DomainError('invalid', 'event_not_ours', message)
	}
	const { isNew } = await receiveWebhook(services, {
		provider: 'stripe',
		eventId: event.id,
		type: event.type,
		payload: event.payload,
	})
	return json({ received: true, duplicate: !isNew })
})
