import { daysWords, rounded, type Feature } from './feature.ts'
import { paidWithin, type PayerWindow } from './payer-window.ts'

/** How far the amount is from the card's usual one, in its usual spread (plus 1 dollar); from two payments on. */
function amountZScore(days: number, hours: PayerWindow): Feature {
	const n = paidWithin(hours, 'priced')
	const worth = paidWithin(hours, 'worth')
	const squares = paidWithin(hours, 'squares')
	const variance = `greatest(0, (${squares} - ${worth} * ${worth} / ${n}) / (${n} - 1))`
	return {
		name: `amount_z_${days}d`,
		unit: 'standard deviations',
		none: -999,
		from: 'payer',
		sql: `case when ${n} >= 2 then (s.worth - ${worth} / ${n}) / (sqrt(${variance}) + 1) end`,
		reason: (value) =>
			value < -998
				? `Too few payments with this card in the ${daysWords(days)} before to know what is usual`
				: `The amount is ${rounded(value)} times the usual spread off what this card paid in the ${daysWords(days)} before`,
	}
}

export const amountZScores = [amountZScore(7, 168), amountZScore(30, 720), amountZScore(60, 1_440)]
