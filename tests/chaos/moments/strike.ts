import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from '../stage/stage.ts'
import type { Verdict, WireEvent } from '../wire/events.ts'
import type { Moment } from './moment.ts'

/** What happens at the moment, given what passed at each of its steps; nothing of it may take time. */
export type Fault = (story: readonly WireEvent[]) => void

const NEVER = new Promise<never>(() => undefined)
const PATIENCE_MS = 15_000
const STIR_EVERY_MS = 2_500

/** Waits for the moment and strikes there; false when it did not come in time. */
export async function strikeAt(
	stage: Stage,
	moment: Moment,
	instance: string,
	fault: Fault,
	signal: AbortSignal,
): Promise<boolean> {
	let struck = false
	const strike = (story: readonly WireEvent[]): Verdict => {
		struck = true
		if (!moment.passes) {
			fault(story)
			return NEVER
		}
		setImmediate(() => fault(story))
		return undefined
	}
	const takeAway = stage.watch.arm({
		instance: moment.anyInstance ? null : instance,
		steps: moment.steps,
		strike,
	})
	try {
		let stirAt = 0
		for (const deadline = performance.now() + PATIENCE_MS; !struck && performance.now() < deadline;) {
			if (moment.stir && performance.now() >= stirAt) {
				stirAt = performance.now() + STIR_EVERY_MS
				await moment.stir(stage)
			}
			await sleep(5, undefined, { signal })
		}
		return struck
	} finally {
		takeAway()
	}
}
