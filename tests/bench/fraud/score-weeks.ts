import { runTrainer } from '#app/commands/fraud/run-trainer.server.ts'
import type { Examples } from '#app/domain/fraud/model/examples.ts'
import { scoreRaw, type Model } from '#app/domain/fraud/model/model.ts'
import { recencyWeight } from '#app/domain/fraud/model/recency.ts'
import { percentilesOf, type Percentiles } from '#tests/support/percentiles.ts'
import type { Ground } from './ground.ts'
import { DAY_SECONDS, type FilePayment } from './payments-file.ts'
import { createReplay, LABEL_DELAY_S, WIDTH } from './replay.ts'

const WEEK_S = 7 * DAY_SECONDS

export type ScoredFile = {
	scores: ReadonlyMap<number, number>
	/** The last model. */
	model: Model
	/** A vector of the last week, for timing. */
	vector: Float32Array
	trainings: { examples: number; seconds: number; lag: Percentiles }[]
	millisPerPayment: number
}

type Held = { payment: FilePayment; vector: Float32Array }

function examplesOf(held: readonly Held[], until: number): Examples {
	const values = new Float32Array(new SharedArrayBuffer(4 * WIDTH * held.length))
	const labels = new Uint8Array(held.length)
	const weights = new Float64Array(held.length)
	held.forEach(({ payment, vector }, row) => {
		values.set(vector, row * WIDTH)
		labels[row] = payment.fraud
		weights[row] = recencyWeight((until - payment.t) * 1_000)
	})
	return { width: WIDTH, values, labels, weights }
}

/** How late this thread's own clock rings while `work` goes on elsewhere. */
async function lagDuring<T>(work: Promise<T>): Promise<{ done: T; lag: Percentiles }> {
	const late: number[] = []
	let expected = performance.now() + 5
	const clock = setInterval(() => {
		late.push(Math.max(0, performance.now() - expected))
		expected = performance.now() + 5
	}, 5)
	try {
		return { done: await work, lag: percentilesOf(late) }
	} finally {
		clearInterval(clock)
	}
}

/**
 * Plays a file in order: each payment is scored as of its own moment, then remembered. At `from` and every seven days
 * after it the model is trained again, on payments whose outcomes are known by then.
 */
export async function scoreWeeks(
	{ db, owner }: Ground,
	payments: readonly FilePayment[],
	{ from, to, trainDays, say }: { from: number; to: number; trainDays: number; say: (text: string) => void },
): Promise<ScoredFile> {
	const replay = createReplay(db, payments)
	const begin = Math.max(0, from - LABEL_DELAY_S - trainDays * DAY_SECONDS)
	say('loading the history')
	await replay.skipTo(begin)
	await owner.query('vacuum analyze screened_payments, merchant_hours')

	const scores = new Map<number, number>()
	const trainings: ScoredFile['trainings'] = []
	let held: Held[] = []
	let model: Model | null = null
	let vector: Float32Array = new Float32Array(WIDTH)
	const started = performance.now()
	let waited = 0
	let played = 0
	const play = async (until: number) => {
		const before = performance.now()
		await replay.playTo(until, (payment, found) => {
			held.push({ payment, vector: found })
			vector = found
			played++
			if (model) scores.set(payment.txId, scoreRaw(model, found))
		})
		waited += performance.now() - before
	}
	say(`looking at the payments the first model learns from, and those after them`)
	await play(from)
	for (let week = from; week < to; week += WEEK_S) {
		const first = week - LABEL_DELAY_S - trainDays * DAY_SECONDS
		held = held.filter(({ payment }) => payment.t >= first)
		const known = held.filter(({ payment }) => payment.t < week - LABEL_DELAY_S)
		const examples = examplesOf(known, week - LABEL_DELAY_S)
		const begun = performance.now()
		const { done, lag } = await lagDuring(runTrainer({ ...examples, seed: 1 }))
		model = done
		trainings.push({ examples: known.length, seconds: (performance.now() - begun) / 1_000, lag })
		say(`trained on ${known.length} payments for the week from day ${week / DAY_SECONDS}`)
		await play(Math.min(to, week + WEEK_S))
	}
	if (!model) throw new Error('nothing was to be scored')
	say(`played ${played} payments in ${Math.round((performance.now() - started) / 1_000)} s`)
	return { scores, model, vector, trainings, millisPerPayment: waited / played }
}
