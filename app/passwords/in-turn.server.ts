import { DomainError } from '../domain/errors/domain-error.ts'

/** Each hash takes 19 MiB; more at once would let log-ins exhaust the memory. */
const MOST_AT_ONCE = 4
/** About two seconds of work on two cores: whoever would wait longer is better told so. */
const MOST_WAITING = 64

let running = 0
const waiting: (() => void)[] = []

/** Runs four at a time, the others in the order they came; refuses when too many wait. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (running < MOST_AT_ONCE) running += 1
	else {
		if (waiting.length >= MOST_WAITING) {
			const message = 'Too many people are signing in just now. Try again in a moment.'
			throw new DomainError('unavailable', 'busy', message)
		}
		// Whoever ends hands its place on, so that nobody slips in between.
		await new Promise<void>((resolve) => waiting.push(resolve))
	}
	try {
		return await work()
	} finally {
		const next = waiting.shift()
		if (next) next()
		else running -= 1
	}
}
