import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fetch } from '#app/gateways/paypal/fetch-text.server.ts'

/**
 * Stands where every certificate is asked for and counts who comes. What is fetched goes through Node's own fetch, so
 * that redirects, endless answers and broken connections are real.
 */
export async function openCanary() {
	const asked: string[] = []
	let respond: (response: ServerResponse, url: string) => void = (response) => response.writeHead(404).end()
	let sentBytes = 0
	let hits = 0
	// A connection that was closed meanwhile must not look like a certificate that cannot be had.
	const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
		hits += 1
		// No connection outlives its answer: a kept one may be closed just as the next question goes out on it.
		response.setHeader('connection', 'close')
		respond(response, request.url ?? '')
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
	const fetch: Fetch = (input, init) => {
		asked.push(String(input))
		return globalThis.fetch(origin + new URL(String(input)).pathname, init)
	}

	return {
		origin,
		fetch,
		asked,
		/** Connections that asked for something, whoever sent them. */
		hits: () => hits,
		sentBytes: () => sentBytes,
		answers(text: string, status = 200, headers: Record<string, string> = {}) {
			respond = (response) => response.writeHead(status, headers).end(text)
		},
		/** A certificate of a gigabyte: it stops only when nobody reads any more. Resolves then. */
		async neverEnds() {
			sentBytes = 0
			const { promise, resolve } = Promise.withResolvers<void>()
			const block = Buffer.alloc(16 * 1024, 'A')
			respond = (response) => {
				const more = () => {
					if (response.destroyed || sentBytes >= 2 ** 30) return response.end()
					sentBytes += block.length
					if (response.write(block)) setImmediate(more)
					else response.once('drain', more)
				}
				response.on('close', resolve)
				response.writeHead(200)
				more()
			}
			return promise
		},
		/** Leaves every caller waiting until it is let go. */
		holds() {
			const waiting: ServerResponse[] = []
			respond = (response) => void waiting.push(response)
			return { waiting, letGo: () => waiting.forEach((response) => response.end()) }
		},
		async close() {
			const closed = new Promise((resolve) => server.close(resolve))
			server.closeAllConnections()
			await closed
		},
	}
}
