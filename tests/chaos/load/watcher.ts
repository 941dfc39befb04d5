import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export type Watcher = {
	/** Streams that ended with a goodbye of the server, and those that broke off. */
	ended: { clean: number; broken: number }
	/** Streams that began without telling the reader when to come back. */
	withoutRetry(): number
	close(): void
}

const COME_BACK_MS = 500

/** A reader of one instance's event stream, who comes back whenever it ends. */
export function watchStream(url: string, secretKey: string): Watcher {
	const ended = { clean: 0, broken: 0 }
	let withoutRetry = 0
	let isOpen = true
	let drop = () => undefined as void

	const once = () =>
		new Promise<void>((resolve) => {
			const headers = { authorization: `Bearer ${secretKey}` }
			const call = request(`${url}/api/v1/stream`, { agent: false, headers }, (response) => {
				let text = ''
				response.setEncoding('utf8')
				response.on('data', (chunk: string) => {
					if (text.length < 200) text += chunk
				})
				response.on('error', () => undefined)
				response.on('close', () => {
					if (isOpen && response.statusCode === 200) {
						ended[response.complete ? 'clean' : 'broken'] += 1
						if (!/^retry:\s*\d+$/m.test(text)) withoutRetry += 1
					}
					resolve()
				})
			})
			drop = () => void call.destroy()
			// Nobody listens while the process is replaced: that is no stream that broke.
			call.on('error', () => resolve())
			call.end()
		})
	const read = async () => {
		while (isOpen) {
			await once()
			await sleep(COME_BACK_MS)
		}
	}
	void read()
	return {
		ended,
		withoutRetry: () => withoutRetry,
		close() {
			isOpen = false
			drop()
		},
	}
}
