import type { FilePayment } from '#tests/bench/fraud/payments-file.ts'

const DAY = 86_400
const AGE = 7 * DAY

/** The features of payment `index` by going over all payments before it again, as their definitions say. */
export function naiveFeatures(payments: readonly FilePayment[], index: number): Record<string, number> {
	const own = payments[index] as FilePayment
	const earlier = payments.slice(0, index)
	const worth = own.amountCents / 100
	const ofCard = (days: number) =>
		earlier
			.filter(({ card, t }) => card === own.card && t > own.t - days * DAY)
			.map((p) => p.amountCents / 100)
	const here = earlier.filter(({ merchant, t }) => merchant === own.merchant && t <= own.t - AGE)
	const within = (days: number) => here.filter(({ t }) => t > own.t - AGE - days * DAY)
	const frauds = (rows: readonly FilePayment[]) => rows.filter(({ fraud }) => fraud === 1)
	const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
	const mean = (values: readonly number[]) => sum(values) / values.length
	const at = new Date(Date.UTC(2018, 3, 1) + own.t * 1_000)
	const found: Record<string, number> = {
		amount_usd: worth,
		is_weekend: [0, 6].includes(at.getUTCDay()) ? 1 : 0,
		is_night: at.getUTCHours() <= 6 ? 1 : 0,
		payer_count_1h: 1 + ofCard(1 / 24).length,
		payer_seconds_since: Math.min(...earlier.flatMap((p) => (p.card === own.card ? own.t - p.t : []))),
		payer_frauds_60d: frauds(
			earlier.filter(({ card, t }) => card === own.card && t > own.t - 60 * DAY && t <= own.t - AGE),
		).length,
		merchant_days_since_fraud: (own.t - Math.max(-Infinity, ...frauds(here).map(({ t }) => t))) / DAY,
		merchant_last_was_fraud: here.at(-1)?.fraud ?? 0,
	}
	if (found['payer_seconds_since'] === Infinity) found['payer_seconds_since'] = -1
	if (found['merchant_days_since_fraud'] === Infinity) found['merchant_days_since_fraud'] = 999
	for (const days of [1, 7, 30]) {
		found[`payer_count_${days}d`] = 1 + ofCard(days).length
		found[`payer_mean_${days}d`] = mean([...ofCard(days), worth])
		found[`merchant_count_${days}d`] = within(days).length
	}
	for (const days of [7, 30, 60]) {
		const past = ofCard(days)
		const variance = sum(past.map((x) => (x - mean(past)) ** 2)) / (past.length - 1)
		found[`amount_ratio_${days}d`] = past.length > 0 ? worth / mean(past) : -999
		found[`amount_z_${days}d`] = past.length > 1 ? (worth - mean(past)) / (Math.sqrt(variance) + 1) : -999
	}
	for (const days of [3, 14, 28]) found[`merchant_frauds_${days}d`] = frauds(within(days)).length
	for (const days of [1, 3, 7, 14, 28, 30]) {
		const rows = within(days)
		found[`merchant_fraud_share_${days}d`] = rows.length > 0 ? frauds(rows).length / rows.length : 0
	}
	return found
}
