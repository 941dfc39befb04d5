import { counted, type Feature } from './feature.ts'

/** What screening counted already (db/queries/velocity.ts), at one merchant. */
const lately = (column: string, one: string, words: string): Feature => ({
	name: column,
	unit: 'payments',
	none: -1,
	from: 'payment',
	sql: `s.${column}`,
	reason: (value) => `${counted(value, one)} ${words}`,
})

export const latelyCounts = [
	lately('card_last_hour', 'payment', 'with this card here in the last hour'),
	lately('email_last_hour', 'payment', 'of this e-mail address in the last hour'),
	lately('ip_last_hour', 'payment', 'from this IP address in the last hour'),
	lately('cards_per_ip_last_hour', 'card', 'from this IP address in the last hour'),
	lately('card_declines_last_day', 'decline', 'of this card in the last 24 hours'),
]
