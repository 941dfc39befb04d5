import type { Feature } from './feature.ts'

export const merchantLastFraud: Feature = {
	name: 'merchant_days_since_fraud',
	unit: 'days',
	none: 999,
	from: 'payment',
	sql: `(select extract(epoch from s.at - f.at) / 86400 from screened_payments f
		where f.merchant_id = s.merchant_id and f.fraud_known_at <= s.at and f.at <= s.settled
		order by f.at desc limit 1)`,
	reason: (value) =>
		value > 998 ? 'No fraud is known here' : `The last known fraud here was ${Math.round(value)} days ago`,
}
