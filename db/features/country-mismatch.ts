import type { Feature } from './feature.ts'

export const countryMismatch: Feature = {
	name: 'is_foreign_card',
	unit: 'yes or no',
	none: -1,
	from: 'payment',
	sql: '(s.card_country <> s.payer_country)::int',
	reason: () => 'The card was issued in another country than the payer is in',
}
