import { daysWords, percent, type Feature } from './feature.ts'
import { MERCHANT_WINDOWS, outcomesWithin, type MerchantWindow } from './merchant-window.ts'

const merchantFraudShare = (days: MerchantWindow): Feature => ({
	name: `merchant_fraud_share_${days}d`,
	unit: 'share',
	none: 0,
	from: 'merchant',
	sql: `${outcomesWithin(days, 'frauds')}::float8 / nullif(${outcomesWithin(days, 'payments')}, 0)`,
	reason: (value) => `${percent(value)} of the payments here in ${daysWords(days)} turned out to be fraud`,
})

export const merchantFraudShares = MERCHANT_WINDOWS.map(merchantFraudShare)
