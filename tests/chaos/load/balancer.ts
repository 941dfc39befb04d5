import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Instance } from '../stage/instance.ts'

const LOOK_MS = 200

export type Balancer = {
	/** The addresses a request may go to now; the same array all the time. */
	urls: readonly string[]
	close(): Promise<void>
}

/** What stands in front of the instances in production: it sends to those that say they are ready. */
export function startBalancer(instances: readonly Instance[]): Balancer {
	const urls = instances.map(({ url }) => url)
	let isOpen = true
	const look = async () => {
		while (isOpen) {
			const ready = await Promise.all(instances.map(({ ownUrl }) => isReady(`${ownUrl}/readyz`)))
			const present = instances.flatMap(({ url }, index) => (ready[index] ? [url] : []))
			if (present.length > 0) urls.splice(0, urls.length, ...present)
			await sleep(LOOK_MS)
		}
	}
	const looking = look()
	return {
		urls,
		async close() {
			isOpen = false
			await looking
		},
	}
}

/** On a connection of its own each time: a kept one would hold the draining process up. */
const isReady = (url: string): Promise<boolean> =>
	new Promise((resolve) => {
		const call = request(url, { agent: false, timeout: 1_000 }, (response) => {
			response.resume()
			resolve(response.statusCode === 200)
		})
		call.on('timeout', () => call.destroy())
		call.on('error', () => resolve(false))
		call.end()
	})
