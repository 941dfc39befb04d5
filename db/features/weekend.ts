import type { Feature } from './feature.ts'

export const weekend: Feature = {
	name: 'is_weekend',
	unit: 'yes or no',
	none: -1,
	from: 'payment',
	sql: `(extract(isodow from s.at at time zone 'UTC') >= 6)::int`,
	reason: (value) => (value === 1 ? 'Paid on a weekend' : 'Paid on a working day'),
}
