import { parseArgs } from 'node:util'
import { DAY_SECONDS, EPOCH_MS } from './payments-file.ts'

export type FraudFlags = {
	/** Folder of the yardstick's files. */
	data: string | undefined
	/** First of the weeks that are judged, as a day of the file. */
	firstDay: number
	weeks: number
	/** Days whose outcomes teach. */
	trainDays: number
	/** Another file of the same form: its scores go to `out`, from `trainUntil` on. */
	predict: string | undefined
	out: string | undefined
	/** Second of the file from which on payments are scored; every seven days the model is trained again. */
	trainUntil: number | undefined
	latency: boolean
}

const HELP = `npm run bench -- fraud --data FOLDER [--first-day 94] [--weeks 4] [--train-days 31] [--no-latency]
npm run bench -- fraud --predict FILE --out FILE --train-until DAY|DATE [--train-days 31]`

function secondOf(text: string): number {
	if (/^\d+$/.test(text)) return Number(text) * DAY_SECONDS
	const at = Date.parse(text)
	if (Number.isNaN(at)) throw new Error(`--train-until ${text}: a day of the file, or a date`)
	return (at - EPOCH_MS) / 1_000
}

export function readFraudFlags(args: readonly string[]): FraudFlags {
	const { values } = parseArgs({
		args: [...args],
		options: {
			data: { type: 'string' },
			'first-day': { type: 'string', default: '94' },
			weeks: { type: 'string', default: '4' },
			'train-days': { type: 'string', default: '31' },
			predict: { type: 'string' },
			out: { type: 'string' },
			'train-until': { type: 'string' },
			'no-latency': { type: 'boolean', default: false },
		},
	})
	const isPrediction = values.predict !== undefined
	if (isPrediction ? !values.out || !values['train-until'] : !values.data) throw new Error(HELP)
	return {
		data: values.data,
		firstDay: Number(values['first-day']),
		weeks: Number(values.weeks),
		trainDays: Number(values['train-days']),
		predict: values.predict,
		out: values.out,
		trainUntil: values['train-until'] === undefined ? undefined : secondOf(values['train-until']),
		latency: !values['no-latency'],
	}
}
