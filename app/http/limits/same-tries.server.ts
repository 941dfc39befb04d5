/** Longer than a client waits for an answer before it sends the same try again. */
const REMEMBERED_MS = 60_000
const MOST_REMEMBERED = 10_000

/** Knows tries that were counted but are not written down yet, so that sending one again does not count it twice. */
export function createSameTries(now: () => number = Date.now) {
	const tries = new Map<string, { at: number; counted: Promise<void> }>()

	function forgetOld(): void {
		for (const [id, { at }] of tries) {
			if (tries.size <= MOST_REMEMBERED && now() - at < REMEMBERED_MS) return
			tries.delete(id)
		}
	}

	return {
		/** Runs `count` for the first of the same tries; the others share how it ended. A refused try is forgotten. */
		once(id: string, count: () => Promise<void>): Promise<void> {
			forgetOld()
			const known = tries.get(id)
			if (known) return known.counted
			const counted = count()
			tries.set(id, { at: now(), counted })
			counted.catch(() => tries.delete(id))
			return counted
		},
	}
}
