import type { Feature } from './feature.ts'

/** Whether the card paid before, but never from this country. */
export const newCountry: Feature = {
	name: 'is_new_country',
	unit: 'yes or no',
	none: -1,
	from: 'payer',
	sql: `case when s.payer_country is not null and sum(p.located) > 0
		then (sum(p.located_here) = 0)::int end`,
	reason: () => 'The card never paid from this country before',
}
