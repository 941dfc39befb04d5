import type { Handler, Routes } from './call.ts'
import { chargeRoutes } from './charges.ts'
import { confirmationTokenRoutes } from './confirmation-tokens.ts'
import { disputeRoutes } from './disputes.ts'
import { eventRoutes } from './events.ts'
import { mandateRoutes } from './mandates.ts'
import { paymentIntentRoutes } from './payment-intents.ts'
import { paymentMethodRoutes } from './payment-methods.ts'
import { payoutRoutes } from './payouts.ts'
import { refundRoutes } from './refunds.ts'
import { transactionRoutes } from './transactions.ts'
import { webhookEndpointRoutes } from './webhook-endpoints.ts'

const ROUTES: Routes = {
	...paymentIntentRoutes,
	...paymentMethodRoutes,
	...confirmationTokenRoutes,
	...mandateRoutes,
	...chargeRoutes,
	...transactionRoutes,
	...refundRoutes,
	...payoutRoutes,
	...disputeRoutes,
	...eventRoutes,
	...webhookEndpointRoutes,
}

/** What a page may do with the publishable key. */
const FOR_BROWSERS = new Set([
	'POST /v1/confirmation_tokens',
	'POST /v1/payment_methods',
	'GET /v1/payment_intents/:id',
	'POST /v1/payment_intents/:id/confirm',
])

export interface Match {
	handler: Handler
	id: string
	forBrowsers: boolean
	createsPayment: boolean
}

export function match(method: string, path: string): Match | undefined {
	const exact = found(`${method} ${path}`, '')
	if (exact) return exact
	const steps = path.split('/')
	const place = steps[2] === 'radar' ? 4 : 3
	const id = steps[place] ?? ''
	steps[place] = ':id'
	return found(`${method} ${steps.join('/')}`, id)
}

function found(route: string, id: string): Match | undefined {
	const handler = ROUTES[route]
	const createsPayment = route === 'POST /v1/payment_intents'
	return handler && { handler, id, forBrowsers: FOR_BROWSERS.has(route), createsPayment }
}
