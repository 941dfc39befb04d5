import { newId } from '../books/ids.ts'
import type { WebhookEndpoint } from '../books/service-shapes.ts'
import { invalid, missing } from '../http/errors.ts'
import { list as readList, required } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Handler, Routes } from './call.ts'
import { list, show } from './listing.ts'

function endpointNamed(desk: Desk, id: string): WebhookEndpoint {
	const found = desk.books.endpoints.get(id)
	if (!found) throw missing('webhook endpoint', id)
	return found
}

/** As at Stripe, the secret is shown once, when the endpoint is made. */
const withoutSecret = ({ secret: _, ...rest }: WebhookEndpoint) => rest

const create: Handler = (desk, call) => {
	const url = required(call.params, 'url')
	const protocol = URL.canParse(url) && new URL(url).protocol
	if (protocol !== 'http:' && protocol !== 'https:') throw invalid('Not a valid URL', 'url', 'url_invalid')
	const enabled_events = readList(call.params, 'enabled_events') ?? []
	if (enabled_events.length === 0) {
		throw invalid('Missing required param: enabled_events.', 'enabled_events', 'parameter_missing')
	}
	return desk.books.endpoints.put({
		id: newId('we'),
		object: 'webhook_endpoint',
		created: desk.clock.seconds(),
		enabled_events,
		livemode: false,
		secret: newId('whsec', 32),
		status: 'enabled',
		url,
	})
}

const remove: Handler = (desk, call) => {
	const { id } = endpointNamed(desk, call.id)
	desk.books.endpoints.remove(id)
	return { id, object: 'webhook_endpoint', deleted: true }
}

const index: Handler = (desk, call) => {
	const page = list('/v1/webhook_endpoints', desk.books.endpoints, call.params)
	return show(page, withoutSecret)
}

export const webhookEndpointRoutes: Routes = {
	'POST /v1/webhook_endpoints': create,
	'GET /v1/webhook_endpoints': index,
	'GET /v1/webhook_endpoints/:id': (desk, call) => withoutSecret(endpointNamed(desk, call.id)),
	'DELETE /v1/webhook_endpoints/:id': remove,
}
