import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import { onTestFinished } from 'vitest'

export const SECRET = 'whsec_for_tests'

interface Received {
	event: Stripe.Event | undefined
	/** Whether the SDK accepted the signature. */
	genuine: boolean
}

/** A shop's webhook address. Each answer is taken from `answers`, then it is 200. */
export async function openReceiver(...answers: number[]) {
	const received: Received[] = []
	const server = createServer((request, response) => {
		const chunks: Buffer[] = []
		request.on('data', (chunk: Buffer) => chunks.push(chunk))
		request.on('end', () => {
			received.push(check(Buffer.concat(chunks), String(request.headers['stripe-signature'])))
			response.writeHead(answers.shift() ?? 200).end()
		})
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	onTestFinished(() => {
		server.closeAllConnections()
		server.close()
	})
	return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks` }
}

function check(body: Buffer, signature: string): Received {
	try {
		return { event: Stripe.webhooks.constructEvent(body, signature, SECRET), genuine: true }
	} catch {
		return { event: undefined, genuine: false }
	}
}
