import { rounded, type Feature } from './feature.ts'

export const amount: Feature = {
	name: 'amount_usd',
	unit: 'US dollars',
	none: -1,
	from: 'payment',
	sql: 's.worth',
	reason: (value) => `The amount: about ${rounded(value)} US dollars`,
}
