import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../random.ts'
import type { Client } from './client.ts'
import { shopOnce, type Counts } from './flows.ts'

export type Load = {
	counts: Counts
	seconds(): number
	/** No new purchases; resolves when every caller has had its last answer. */
	end(): Promise<void>
}

const TICK_MS = 10

/** Purchases arrive at a fixed rate, whether or not the ones before them were answered. */
export function startLoad(client: Client, random: Random, perSecond: number, name = 'order'): Load {
	const counts: Counts = {}
	const under = new Set<Promise<void>>()
	const startedAt = performance.now()
	let endedAt: number | undefined
	let begun = 0

	const begin = () => {
		const order = `${name}-${++begun}`
		const shopping = shopOnce({
			client,
			order,
			random: random.fork(order),
			count: (what) => (counts[what] = (counts[what] ?? 0) + 1),
			isOver: () => endedAt !== undefined,
		})
		under.add(shopping)
		void shopping.finally(() => under.delete(shopping))
	}

	const arrive = async () => {
		while (endedAt === undefined) {
			const due = ((performance.now() - startedAt) / 1000) * perSecond
			while (begun < due) begin()
			await sleep(TICK_MS)
		}
	}
	const arriving = arrive()

	return {
		counts,
		seconds: () => ((endedAt ?? performance.now()) - startedAt) / 1000,
		async end() {
			endedAt ??= performance.now()
			await arriving
			await Promise.all(under)
		},
	}
}
