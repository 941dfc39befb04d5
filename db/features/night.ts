import type { Feature } from './feature.ts'

export const night: Feature = {
	name: 'is_night',
	unit: 'yes or no',
	none: -1,
	from: 'payment',
	sql: `(extract(hour from s.at at time zone 'UTC') <= 6)::int`,
	reason: (value) => (value === 1 ? 'Paid at night' : 'Paid by day'),
}
