import { counted, daysWords, type Feature } from './feature.ts'
import { paidWithin, type PayerWindow } from './payer-window.ts'

/** Payments of the card up to now, this one included. */
const payerCount = (name: string, hours: PayerWindow, words: string): Feature => ({
	name,
	unit: 'payments',
	none: -1,
	from: 'payer',
	sql: `1 + ${paidWithin(hours, 'payments')}`,
	reason: (value) => `${counted(value, 'payment')} with this card in the last ${words}`,
})

export const payerCounts = [
	payerCount('payer_count_1h', 1, 'hour'),
	payerCount('payer_count_1d', 24, daysWords(1)),
	payerCount('payer_count_7d', 168, daysWords(7)),
	payerCount('payer_count_30d', 720, daysWords(30)),
]
