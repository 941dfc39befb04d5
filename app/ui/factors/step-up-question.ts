import type { StepUpWays } from '#app/contracts/step-up.ts'

type Question = { id: number; ways: StepUpWays; resolve: (proven: boolean) => void }

let question: Question | null = null
let lastId = 0
const listeners = new Set<() => void>()

function change(next: Question | null) {
	question = next
	for (const wake of listeners) wake()
}

export const currentQuestion = (): Question | null => question
export const NO_QUESTION = (): null => null

export function onQuestion(listener: () => void): () => void {
	listeners.add(listener)
	return () => void listeners.delete(listener)
}

/** One at a time: a second question takes the place of the first, which counts as declined. */
export function askStepUp(ways: StepUpWays): Promise<boolean> {
	question?.resolve(false)
	return new Promise((resolve) => change({ id: ++lastId, ways, resolve }))
}

export function answerStepUp(proven: boolean): void {
	const answered = question
	change(null)
	answered?.resolve(proven)
}
