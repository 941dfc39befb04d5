import { counted, daysWords, type Feature } from './feature.ts'
import { outcomesWithin } from './merchant-window.ts'

/** Payments of the merchant that are old enough for their outcome to be known. */
const merchantCount = (days: 1 | 7 | 30): Feature => ({
	name: `merchant_count_${days}d`,
	unit: 'payments',
	none: 0,
	from: 'merchant',
	sql: outcomesWithin(days, 'payments'),
	reason: (value) => `${counted(value, 'payment')} here in ${daysWords(days)}`,
})

export const merchantCounts = ([1, 7, 30] as const).map(merchantCount)
