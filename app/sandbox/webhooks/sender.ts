import http from 'node:http'
import https from 'node:https'

const TIMEOUT_MS = 10_000

export interface Sent {
	/** 0 when nobody answered. */
	status: number
	error: string | null
}

/** Posts over kept-alive connections; never rejects, because a delivery that failed is an outcome too. */
export class Sender {
	readonly #agents: { http: http.Agent; https: https.Agent }

	constructor(connections: number) {
		const options = { keepAlive: true, maxSockets: connections }
		this.#agents = { http: new http.Agent(options), https: new https.Agent(options) }
	}

	post(url: string, body: string, own: Record<string, string>): Promise<Sent> {
		const secure = url.startsWith('https:')
		const headers = {
			'Content-Type': 'application/json; charset=utf-8',
			'Content-Length': Buffer.byteLength(body),
			...own,
		}
		return new Promise((resolve) => {
			const request = (secure ? https : http).request(url, {
				method: 'POST',
				agent: secure ? this.#agents.https : this.#agents.http,
				headers,
				timeout: TIMEOUT_MS,
			})
			request.on('response', (response) => {
				response.resume()
				response.on('close', () => resolve({ status: response.statusCode ?? 0, error: null }))
			})
			request.on('timeout', () => request.destroy(new Error(`No answer within ${TIMEOUT_MS} ms`)))
			request.on('error', (error) => resolve({ status: 0, error: error.message }))
			request.end(body)
		})
	}

	stop(): void {
		this.#agents.http.destroy()
		this.#agents.https.destroy()
	}
}
