import type { See, Verdict, WireEvent } from './events.ts'

/** One thing to wait for; what passed at the steps before it is `before`. */
export type Step = {
	when: (event: WireEvent, before: readonly WireEvent[]) => boolean
	/** Kept back until the moment comes: an answer that must not arrive before something else. */
	holds?: true
	/** Also when it passes at another instance. */
	anywhere?: true
}

export type Trap = {
	instance: string | null
	steps: readonly Step[]
	/** Given what passed at each step, the moment itself last. */
	strike: (story: readonly WireEvent[]) => Verdict
}

/** After this the steps so far belong to an old story. */
const STORY_MS = 4_000

type Armed = Trap & { before: WireEvent[]; since: number; release: (() => void)[] }

/** Looks at everything that passes and springs each armed trap once, at its last step. */
export function createWatch() {
	const armed = new Set<Armed>()

	function forget(trap: Armed): void {
		trap.before = []
		for (const release of trap.release.splice(0)) release()
	}

	function fits(trap: Armed, step: Step, event: WireEvent): boolean {
		const instance = trap.before[0]?.instance ?? trap.instance
		const here = instance === null || event.instance === instance || step.anywhere === true
		return here && step.when(event, trap.before)
	}

	function meet(trap: Armed, event: WireEvent): Verdict {
		if (trap.before.length > 0 && performance.now() - trap.since > STORY_MS) forget(trap)
		const step = trap.steps[trap.before.length]
		if (!step || !fits(trap, step, event)) return undefined
		trap.before.push(event)
		trap.since = performance.now()
		if (trap.before.length === trap.steps.length) {
			armed.delete(trap)
			return trap.strike(trap.before)
		}
		return step.holds ? new Promise((resolve) => trap.release.push(resolve)) : undefined
	}

	const see: See = (event) => {
		for (const trap of armed) {
			const verdict = meet(trap, event)
			if (verdict) return verdict
		}
		return undefined
	}

	return {
		see,
		/** Returns how to take the trap away again. */
		arm(trap: Trap): () => void {
			const state: Armed = { ...trap, before: [], since: 0, release: [] }
			armed.add(state)
			return () => {
				armed.delete(state)
				forget(state)
			}
		},
	}
}

export type Watch = ReturnType<typeof createWatch>
