import { receiveWebhook } from '../commands/webhooks/receive-webhook.server.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { readText } from '../http/read-json.server.ts'
import { json } from './handler.server.ts'
import { publicOperation } from './operation.server.ts'

const MOST_BYTES = 1024 * 1024

/** POST /api/v1/webhooks/:gateway: the signature is checked over the raw text before anything parses it. */
export const gatewayWebhook = publicOperation(
	'POST /webhooks/:gateway',
	async ({ request, context, params }) => {
		const services = context.services.acrossMerchants
		const gateway = services.gateways.find(params['gateway'] ?? '')
		if (!gateway)
			throw new DomainError('not_found', 'endpoint_unknown', 'No gateway of this name is known here.')
		const verdict = await gateway.messages.verify({
			rawBody: await readText(request, MOST_BYTES),
			header: (name) => request.headers.get(name),
			now: services.clock.now(),
		})
		if (verdict.kind === 'off') throw new DomainError('not_found', 'endpoint_off', verdict.message)
		if (verdict.kind === 'refused') {
			const { code, message, param } = verdict
			throw new DomainError('invalid', code, message, param === undefined ? {} : { param })
		}
		const { id: eventId, type, payload } = verdict
		const { isNew } = await receiveWebhook(services, { provider: gateway.name, eventId, type, payload })
		return json({ received: true, duplicate: !isNew })
	},
)
