import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export type Answer = { status: number; text: string; headers: IncomingHttpHeaders }

/** A POST that was answered for good: whatever the answer says must be true from then on. */
export type Acknowledged = { path: string; key: string; body: string; status: number; text: string }

export type Client = {
	/** Sends under one key until somebody answers for good; null when nobody does in time. */
	post(path: string, body: object, key: string, waitSeconds?: number): Promise<Answer | null>
	/** The present state; null when nobody answers in time. */
	get(path: string): Promise<Answer | null>
	/** One try at one instance; rejects when the connection breaks. */
	once(
		url: string,
		method: string,
		path: string,
		body: string,
		headers: Record<string, string>,
	): Promise<Answer>
	acknowledged: readonly Acknowledged[]
	/** Tries that broke or were answered with 5xx: what the faults did to callers. */
	retries(): number
	/** Requests nobody answered for good, however often they were sent. */
	unanswered: readonly string[]
	close(): void
}

const TRY_MS = 15_000
const PATIENCE_MS = 90_000
const PAUSE_MS = 150

/** Still running under this key, or too busy: the same request again is the right thing to do. */
const mayRepeat = ({ status, text }: Answer): boolean =>
	status >= 500 || status === 429 || (status === 409 && text.includes('idempotency_key_in_use'))

/** A careful caller: every try of a request carries the same key and bytes, and goes to the next instance. */
export function createClient(urls: readonly string[], secretKey: string): Client {
	const agent = new Agent({ keepAlive: true, maxSockets: 512 })
	const acknowledged: Acknowledged[] = []
	const unanswered: string[] = []
	let turn = 0
	let retries = 0

	const once: Client['once'] = (url, method, path, body, headers) =>
		new Promise((resolve, reject) => {
			const { hostname, port } = new URL(url)
			const call = request({
				agent,
				host: hostname,
				port,
				method,
				path,
				timeout: TRY_MS,
				headers: {
					authorization: `Bearer ${secretKey}`,
					...(method === 'POST' && {
						'content-type': 'application/json',
						'content-length': Buffer.byteLength(body),
					}),
					...headers,
				},
			})
			call.on('response', (response) => {
				response.setEncoding('utf8')
				let text = ''
				response.on('data', (chunk: string) => (text += chunk))
				response.on('error', reject)
				response.on('close', () => {
					if (!response.complete) return reject(new Error('the answer broke off'))
					resolve({ status: response.statusCode ?? 0, text, headers: response.headers })
				})
			})
			call.on('timeout', () => call.destroy(new Error(`no answer within ${TRY_MS} ms`)))
			call.on('error', reject)
			call.end(body)
		})

	async function persist(method: string, path: string, body: string, headers: Record<string, string>) {
		const deadline = performance.now() + PATIENCE_MS
		for (let tries = 0; performance.now() < deadline; tries++) {
			if (tries > 0) {
				retries += 1
				await sleep(PAUSE_MS * Math.min(tries, 10))
			}
			const url = urls[turn++ % urls.length] ?? ''
			const answer = await once(url, method, path, body, headers).catch(() => null)
			if (answer && !mayRepeat(answer)) return answer
		}
		unanswered.push(`${method} ${path}`)
		return null
	}

	return {
		once,
		acknowledged,
		unanswered,
		retries: () => retries,
		get: (path) => persist('GET', path, '', {}),
		async post(path, payload, key, waitSeconds = 0) {
			const body = JSON.stringify(payload)
			const answer = await persist('POST', path, body, {
				'idempotency-key': key,
				...(waitSeconds > 0 && { prefer: `wait=${waitSeconds}` }),
			})
			if (answer) acknowledged.push({ path, key, body, status: answer.status, text: answer.text })
			return answer
		},
		close: () => agent.destroy(),
	}
}
