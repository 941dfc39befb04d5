import type { Feature } from './feature.ts'

export const payerSince: Feature = {
	name: 'payer_seconds_since',
	unit: 'seconds',
	none: -1,
	from: 'payer',
	sql: 'min(p.ago)',
	reason: (value) =>
		value < 0
			? 'The first payment with this card in 60 days'
			: `The card paid ${value < 5_400 ? `${Math.max(1, Math.round(value / 60))} minutes` : `${Math.round(value / 3_600)} hours`} before`,
}
