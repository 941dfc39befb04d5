import { daysWords, rounded, type Feature } from './feature.ts'
import { paidWithin, type PayerWindow } from './payer-window.ts'

/** Mean amount of the card's payments up to now, this one included. */
const payerMean = (days: number, hours: PayerWindow): Feature => ({
	name: `payer_mean_${days}d`,
	unit: 'US dollars',
	none: -1,
	from: 'payer',
	sql: `(s.worth + ${paidWithin(hours, 'worth')}) / (1 + ${paidWithin(hours, 'priced')})`,
	reason: (value) =>
		`Payments with this card in the last ${daysWords(days)} were about ${rounded(value)} US dollars each`,
})

export const payerMeans = [payerMean(1, 24), payerMean(7, 168), payerMean(30, 720)]
