import type { Handler, Routes } from './call.ts'
import { orderRoutes } from './orders.ts'
import { captureRoutes } from './refunds.ts'

const ROUTES: Routes = {
	...orderRoutes,
	...captureRoutes,
}

export interface Match {
	handler: Handler
	/** The route's own name, without the id in it. */
	route: string
	id: string
	createsPayment: boolean
}

const COLLECTIONS = ['/v2/checkout/orders/', '/v2/payments/captures/', '/v2/payments/refunds/']

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
