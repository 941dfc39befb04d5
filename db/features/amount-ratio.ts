import { daysWords, rounded, type Feature } from './feature.ts'
import { paidWithin, type PayerWindow } from './payer-window.ts'

/** The amount against the mean of the card's earlier payments, this one excluded. */
const amountRatio = (days: number, hours: PayerWindow): Feature => ({
	name: `amount_ratio_${days}d`,
	unit: 'ratio',
	none: -999,
	from: 'payer',
	sql: `s.worth * ${paidWithin(hours, 'priced')} / nullif(${paidWithin(hours, 'worth')}, 0)`,
	reason: (value) =>
		value < 0
			? `Nothing was paid with this card in the ${daysWords(days)} before`
			: `The amount is ${rounded(value)} times what this card paid in the ${daysWords(days)} before`,
})

export const amountRatios = [amountRatio(7, 168), amountRatio(30, 720), amountRatio(60, 1_440)]
