import type { Handler, Routes } from './call.ts'
import { authorizationRoutes } from './authorizations.ts'
import { disputeRoutes } from './disputes.ts'
import { orderRoutes } from './orders.ts'
import { captureRoutes } from './refunds.ts'
import { reportingRoutes } from './reporting.ts'
import { webhookEventRoutes } from './webhook-events.ts'

const ROUTES: Routes = {
	...orderRoutes,
	...authorizationRoutes,
	...captureRoutes,
	...disputeRoutes,
	...reportingRoutes,
	...webhookEventRoutes,
}

export interface Match {
	handler: Handler
	/** The route's own name, without the id in it. */
	route: string
	id: string
	createsPayment: boolean
}

const COLLECTIONS = [
	'/v1/customer/disputes/',
	'/v1/notifications/webhooks-events/',
	'/v2/checkout/orders/',
	'/v2/payments/authorizations/',
	'/v2/payments/captures/',
	'/v2/payments/refunds/',
]

export function match(method: string, path: string): Match | undefined {
	const exact = found(`${method} ${path}`, '')
	if (exact) return exact
	const collection = COLLECTIONS.find((prefix) => path.startsWith(prefix))
	if (collection === undefined) return undefined
	const [id = '', ...rest] = path.slice(collection.length).split('/')
	return found(`${method} ${[`${collection}:id`, ...rest].join('/')}`, id)
}

function found(route: string, id: string): Match | undefined {
	const handler = ROUTES[route]
	return handler && { handler, route, id, createsPayment: route === 'POST /v2/checkout/orders' }
}
