import { setTimeout as sleep } from 'node:timers/promises'
import { openHouse, type Answer, type House, type HouseOptions } from '#tests/support/house.ts'

/** How many requests meet at the same moment. */
export const AT_ONCE = 64

export type Pair = {
	/** The first also has the gateway and, to the test, the database. */
	houses: readonly [House, House]
	/**
	 * Sends all of them at the same moment, the even ones to one instance and the odd ones to the other. Whoever is told
	 * to come back (503: the queue for the same row was too long) comes back, as every client does.
	 */
	rush(requests: readonly Request[]): Promise<Answer[]>
	close(): Promise<void>
}

export type Request = { path: string; body?: object; headers?: Record<string, string> }

/** Two instances of the app on one database and one gateway. */
export async function openPair(options: HouseOptions = {}): Promise<Pair> {
	const first = await openHouse({ webhooks: false, ...options })
	const second = await openHouse({ ...options, beside: first })
	const houses = [first, second] as const
	const send = async (house: House, { path, body = {}, headers = {} }: Request): Promise<Answer> => {
		for (;;) {
			const answer = await house.call('POST', path, body, headers)
			if (answer.status !== 503) return answer
			await sleep(500)
		}
	}
	return {
		houses,
		rush: (requests) =>
			Promise.all(requests.map((request, index) => send(houses[index % 2 === 0 ? 0 : 1], request))),
		async close() {
			await second.close()
			await first.close()
		},
	}
}

/** The same request `AT_ONCE` times. */
export const many = <T>(make: (index: number) => T, count = AT_ONCE): T[] =>
	Array.from({ length: count }, (_, index) => make(index))

export const rounds = (count: number): number[] => many((index) => index + 1, count)
