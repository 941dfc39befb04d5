import { get, type IncomingMessage } from 'node:http'

export type EventReader = {
	/** When each payment's terminal event arrived, by payment id. */
	ended: ReadonlyMap<string, number>
	/** How often the stream ended and was resumed. */
	reconnects: () => number
	close(): void
}

const TERMINAL = /"status":"(?:succeeded|failed|canceled)"/

/** One machine client of the live stream, going on from the last event whenever the stream ends. */
export async function readEvents(baseUrl: string, secretKey: string): Promise<EventReader> {
	const ended = new Map<string, number>()
	let lastId: string | undefined
	let response: IncomingMessage | undefined
	let reconnects = 0
	let closed = false

	const take = (frame: string) => {
		const at = performance.now()
		const id = /^id: ?(.*)$/m.exec(frame)?.[1]
		if (id) lastId = id
		if (!/^event: ?payment$/m.test(frame) || !TERMINAL.test(frame)) return
		const paymentId = /"id":"(pay_\w+)"/.exec(frame)?.[1]
		if (paymentId && !ended.has(paymentId)) ended.set(paymentId, at)
	}

	const connect = () =>
		new Promise<void>((resolve, reject) => {
			const call = get(`${baseUrl}/api/v1/stream`, {
				agent: false,
				headers: { authorization: `Bearer ${secretKey}`, ...(lastId && { 'last-event-id': lastId }) },
			})
			call.on('error', reject)
			call.on('response', (answer) => {
				response = answer
				if (answer.statusCode !== 200) {
					answer.resume()
					return reject(new Error(`the stream answered ${answer.statusCode}`))
				}
				answer.setEncoding('utf8')
				let rest = ''
				answer.on('data', (chunk: string) => {
					const frames = (rest + chunk).split('\n\n')
					rest = frames.pop() ?? ''
					for (const frame of frames) {
						take(frame)
						if (/^event: ?ready$/m.test(frame)) resolve()
					}
				})
				answer.on('error', () => undefined)
				answer.on('close', () => {
					if (closed) return
					reconnects += 1
					connect().catch(() => undefined)
				})
			})
		})

	await connect()
	return {
		ended,
		reconnects: () => reconnects,
		close() {
			closed = true
			response?.destroy()
		},
	}
}
