import { counted, type Feature } from './feature.ts'

/** Earlier payments of the card that are known to be fraud by now, however young. */
export const payerFrauds: Feature = {
	name: 'payer_frauds_60d',
	unit: 'payments',
	none: -1,
	from: 'payer',
	sql: 'coalesce(sum(p.frauds), 0)',
	reason: (value) => `${counted(value, 'payment')} with this card turned out to be fraud`,
}
