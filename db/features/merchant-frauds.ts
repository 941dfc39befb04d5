import { counted, daysWords, type Feature } from './feature.ts'
import { outcomesWithin } from './merchant-window.ts'

const merchantFrauds = (days: 3 | 14 | 28): Feature => ({
	name: `merchant_frauds_${days}d`,
	unit: 'payments',
	none: 0,
	from: 'merchant',
	sql: outcomesWithin(days, 'frauds'),
	reason: (value) => `${counted(value, 'payment')} here in ${daysWords(days)} turned out to be fraud`,
})

export const merchantFraudCounts = ([3, 14, 28] as const).map(merchantFrauds)
