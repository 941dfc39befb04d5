import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadNow } from '#tests/support/host.ts'
import { readFraudFlags, type FraudFlags } from './flags.ts'
import { openGround } from './ground.ts'
import { judgeWeeks } from './judge-weeks.ts'
import { timeFeatures, timeScore } from './latency.ts'
import { DAY_SECONDS, readPayments } from './payments-file.ts'
import { latencyReport, weeksReport } from './report.ts'
import { scoreWeeks } from './score-weeks.ts'

const say = (text: string) => void process.stderr.write(`· ${text}\n`)
const print = (text: string) => void process.stdout.write(`\n${text}\n`)

async function predict(file: string, out: string, { trainUntil = 0, trainDays }: FraudFlags): Promise<void> {
	const payments = readPayments(file)
	const to = (payments.at(-1)?.t ?? 0) + 1
	const ground = await openGround(2)
	try {
		const { scores } = await scoreWeeks(ground, payments, { from: trainUntil, to, trainDays, say })
		const lines = [...scores].map(([txId, score]) => `${txId},${score}`)
		await writeFile(out, `tx_id,score\n${lines.join('\n')}\n`)
		print(`${scores.size} payments scored: ${out}`)
	} finally {
		await ground.close()
	}
}

async function judge(folder: string, flags: FraudFlags): Promise<void> {
	const { firstDay, weeks, trainDays } = flags
	const from = firstDay * DAY_SECONDS
	const to = from + weeks * 7 * DAY_SECONDS
	const payments = readPayments(join(folder, 'transactions.csv.xz')).filter(({ t }) => t < to)
	const ground = await openGround(8)
	try {
		const played = await scoreWeeks(ground, payments, { from, to, trainDays, say })
		print(weeksReport(judgeWeeks(payments, played.scores, { firstDay, weeks }), folder))
		for (const { examples, seconds, lag } of played.trainings) {
			say(
				`training on ${examples}: ${seconds.toFixed(1)} s, main loop late by p50 ${lag.p50.toFixed(1)}, p99 ${lag.p99.toFixed(1)} ms`,
			)
		}
		say(`features and store, 100 together: ${played.millisPerPayment.toFixed(3)} ms a payment`)
		if (!flags.latency) return
		const { model, vector } = played
		const timings = await timeFeatures(ground, payments, { model, end: to, count: 3_000 })
		print(latencyReport([timeScore(model, vector), ...timings]))
	} finally {
		await ground.close()
	}
}

/** Payments of a file through our own features and models, judged as the yardstick says (docs/decisions/041). */
export async function benchFraud(args: readonly string[]): Promise<void> {
	const flags = readFraudFlags(args)
	say(
		`load average ${loadNow()
			.map((value) => value.toFixed(1))
			.join(' ')}`,
	)
	if (flags.predict && flags.out) await predict(flags.predict, flags.out, flags)
	else await judge(flags.data ?? '', flags)
}
