import { receiveWebhook } from '../commands/webhooks/receive-webhook.server.ts'
import type { MessageVerdict } from '../domain/gateways/ports.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { readText } from '../http/read-json.server.ts'
import { json } from './handler.server.ts'
import { publicOperation } from './operation.server.ts'

const MOST_BYTES = 1024 * 1024

type Refusal = Exclude<MessageVerdict, { kind: 'genuine' }>

/** Of what both worlds say, the one that knew the signature is right, then the one that could check it. */
function tells(verdict: Refusal): number {
	if (verdict.kind === 'off') return 0
	return verdict.code === 'signature_invalid' ? 1 : 2
}

function refused(verdict: Refusal | undefined): DomainError {
	if (verdict?.kind !== 'refused')
		return new DomainError('not_found', 'endpoint_off', verdict?.message ?? 'This endpoint is off.')
	const { code, message, param } = verdict
	return new DomainError('invalid', code, message, param === undefined ? {} : { param })
}

/** One address for both worlds: whichever secret verifies a message says which it is from. POST /api/v1/webhooks/:gateway: the signature is checked over the raw text before anything parses it. */
export const gatewayWebhook = publicOperation(
	'POST /webhooks/:gateway',
	async ({ request, context, params }) => {
		const message = {
			rawBody: await readText(request, MOST_BYTES),
			header: (name: string) => request.headers.get(name),
			now: context.services.clock.now(),
		}
		let refusal: Refusal | undefined
		for (const livemode of [false, true]) {
			const services = context.services.inWorld(livemode)
			const gateway = services.gateways.find(params['gateway'] ?? '')
			if (!gateway)
				throw new DomainError('not_found', 'endpoint_unknown', 'No gateway of this name is known here.')
			const verdict = await gateway.messages.verify(message)
			if (verdict.kind === 'genuine') {
				const { id: eventId, type, payload } = verdict
				const { isNew } = await receiveWebhook(services, { provider: gateway.name, eventId, type, payload })
				return json({ received: true, duplicate: !isNew })
			}
			if (!refusal || tells(verdict) > tells(refusal)) refusal = verdict
		}
		throw refused(refusal)
	},
)
