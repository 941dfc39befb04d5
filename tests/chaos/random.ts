import { createHash } from 'node:crypto'

export type Random = {
	/** From 0 up to, not including, 1. */
	next(): number
	below(most: number): number
	pick<T>(things: readonly T[]): T
	shuffled<T>(things: readonly T[]): T[]
	/** A generator of its own: what one part draws does not depend on how often another did. */
	fork(name: string): Random
}

const FULL = 2 ** 48

/** The same numbers for the same seed, everywhere. */
export function createRandom(seed: number | string): Random {
	let drawn = 0
	const next = () => {
		const digest = createHash('sha256').update(`${seed}:${drawn++}`).digest()
		return digest.readUIntBE(0, 6) / FULL
	}
	const below = (most: number) => Math.floor(next() * most)
	return {
		next,
		below,
		pick(things) {
			const picked = things[below(things.length)]
			if (picked === undefined) throw new Error('nothing to pick from')
			return picked
		},
		shuffled(things) {
			const order = things.map((thing) => ({ thing, at: next() }))
			return order.sort((a, b) => a.at - b.at).map(({ thing }) => thing)
		},
		fork: (name) => createRandom(`${seed}/${name}`),
	}
}
