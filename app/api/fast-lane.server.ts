import { createPayment } from './create-payment.server.ts'
import { gatewayWebhook } from './gateway-webhook.server.ts'
import type { ApiHandler } from './handler.server.ts'
import { readPayment } from './read-payment.server.ts'
import { apiStream, checkoutStream, consoleStream } from './streams.server.ts'

export type FastRoute = { method: 'GET' | 'POST'; path: string; handle: ApiHandler }

/**
 * The busiest endpoints, answered in front of Remix, which costs half a millisecond of CPU a request. The routes
 * of the same paths open on the same functions, so that both doors give the same answers.
 */
export const fastLane: readonly FastRoute[] = [
	{ method: 'POST', path: '/api/v1/payments', handle: createPayment },
	{ method: 'POST', path: '/api/payments', handle: createPayment },
	{ method: 'GET', path: '/api/v1/payments/:id', handle: readPayment },
	{ method: 'GET', path: '/api/payments/:id', handle: readPayment },
	{ method: 'POST', path: '/api/v1/webhooks/:gateway', handle: gatewayWebhook },
	{ method: 'POST', path: '/api/webhooks/:gateway', handle: gatewayWebhook },
	{ method: 'GET', path: '/api/v1/stream', handle: apiStream },
	{ method: 'GET', path: '/console/stream', handle: consoleStream },
	{ method: 'GET', path: '/checkout/:sessionId/stream', handle: checkoutStream },
]
