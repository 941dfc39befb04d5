import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../random.ts'
import type { Client } from './client.ts'
import { shopOnce, type Counts } from './flows.ts'

export type Load = {
	counts: Counts
	/** How long purchases were offered, pauses left out. */
	seconds(): number
	/** No new purchases until what this returns is called, by everybody who asked for a pause. */
	pause(): () => void
	/** No new purchases; resolves when every caller has had its last answer. */
	end(): Promise<void>
}

const TICK_MS = 10

/** Purchases arrive at a fixed rate, whether or not the ones before them were answered. */
export function startLoad(client: Client, random: Random, perSecond: number, name = 'order'): Load {
	const counts: Counts = {}
	const under = new Set<Promise<void>>()
	const pauses = new Set<symbol>()
	let offeredMs = 0
	let hasEnded = false
	let begun = 0

	const begin = () => {
		const order = `${name}-${++begun}`
		const shopping = shopOnce({
			client,
			order,
			random: random.fork(order),
			count: (what) => (counts[what] = (counts[what] ?? 0) + 1),
			isOver: () => hasEnded,
		})
		under.add(shopping)
		void shopping.finally(() => under.delete(shopping))
	}

	const arrive = async () => {
		for (let before = performance.now(); !hasEnded;) {
			const now = performance.now()
			if (pauses.size === 0) offeredMs += now - before
			before = now
			while (begun < (offeredMs / 1000) * perSecond) begin()
			await sleep(TICK_MS)
		}
	}
	const arriving = arrive()

	return {
		counts,
		seconds: () => offeredMs / 1000,
		pause() {
			const pause = Symbol()
			pauses.add(pause)
			return () => void pauses.delete(pause)
		},
		async end() {
			hasEnded = true
			await arriving
			await Promise.all(under)
		},
	}
}
