import { judgeModel, type ModelMetrics } from '#app/domain/fraud/model/judge-model.ts'
import { dayOf, type FilePayment } from './payments-file.ts'

/** Cards with a fraud known by the start of each day of the week are left out, as the yardstick says. */
function ofWeek(payments: readonly FilePayment[], firstDay: number): FilePayment[] {
	const byDay = Map.groupBy(payments, dayOf)
	const known = new Set<string>()
	const learn = (day: number) => {
		for (const { fraud, card } of byDay.get(day) ?? []) if (fraud === 1) known.add(card)
	}
	for (let day = firstDay - 14; day <= firstDay - 8; day++) learn(day)
	return Array.from({ length: 7 }, (_, k) => {
		learn(firstDay - 8 + k)
		return (byDay.get(firstDay + k) ?? []).filter(({ card }) => !known.has(card))
	}).flat()
}

export type Week = ModelMetrics & { firstDay: number }

export function judgeWeeks(
	payments: readonly FilePayment[],
	scores: ReadonlyMap<number, number>,
	{ firstDay, weeks }: { firstDay: number; weeks: number },
): Week[] {
	return Array.from({ length: weeks }, (_, week) => {
		const first = firstDay + 7 * week
		const rows = ofWeek(payments, first).map((payment) => {
			const score = scores.get(payment.txId)
			if (score === undefined) throw new Error(`payment ${payment.txId} has no score`)
			const { fraud, card } = payment
			return { score, fraud, card: card.padStart(8, '0'), day: dayOf(payment) }
		})
		return { firstDay: first, ...judgeModel(rows) }
	})
}
