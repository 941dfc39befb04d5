import type { Feature } from './feature.ts'

export const merchantLastOutcome: Feature = {
	name: 'merchant_last_was_fraud',
	unit: 'yes or no',
	none: 0,
	from: 'payment',
	sql: `(select coalesce(f.fraud_known_at <= s.at, false)::int from screened_payments f
		where f.merchant_id = s.merchant_id and f.at <= s.settled
		order by f.at desc, f.payment_id desc limit 1)`,
	reason: () => 'The last payment here whose outcome is known was fraud',
}
