import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'

export type Answer = { status: number; text: string }
export type ApiClient = {
	/** A payment of 19.99 euros under a key of its own. */
	pay(confirm: boolean): Promise<Answer>
	close(): void
}

const bodyOf = (confirm: boolean) =>
	JSON.stringify({
		amount: 1999,
		currency: 'eur',
		description: 'Two mugs',
		metadata: { order: '10023' },
		...(confirm && { payment_method: 'pm_card_visa', confirm }),
	})

const BODY = { confirmed: bodyOf(true), unconfirmed: bodyOf(false) }
const PATIENCE_MS = 30_000

/** node:http with connections that stay open: the load generator shares the cores with what it measures. */
export function createApiClient(baseUrl: string, secretKey: string, sockets: number): ApiClient {
	const agent = new Agent({ keepAlive: true, maxSockets: sockets })
	const { hostname, port } = new URL(baseUrl)
	return {
		pay: (confirm) =>
			new Promise((resolve, reject) => {
				const body = confirm ? BODY.confirmed : BODY.unconfirmed
				const call = request({
					agent,
					host: hostname,
					port,
					method: 'POST',
					path: '/api/v1/payments',
					timeout: PATIENCE_MS,
					headers: {
						authorization: `Bearer ${secretKey}`,
						'content-type': 'application/json',
						'content-length': Buffer.byteLength(body),
						'idempotency-key': randomUUID(),
					},
				})
				call.on('response', (response) => {
					response.setEncoding('utf8')
					let text = ''
					response.on('data', (chunk: string) => (text += chunk))
					response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
					response.on('error', reject)
				})
				call.on('timeout', () => call.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)))
				call.on('error', reject)
				call.end(body)
			}),
		close: () => agent.destroy(),
	}
}

export const paymentIdIn = (text: string): string | undefined => /"id":"(pay_\w+)"/.exec(text)?.[1]
