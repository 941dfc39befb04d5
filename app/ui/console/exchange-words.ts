import type { RefundView } from '#app/contracts/console.ts'
import { formatMoney } from '../kit/money.tsx'

/** What a refund of a payment in another currency does to the merchant's balance, and what the rates did. */
export function exchangeBackWords({ exchange, status }: Pick<RefundView, 'exchange' | 'status'>): string {
	if (!exchange) return ''
	const { amount, currency, result } = exchange
	const money = formatMoney(amount, currency)
	if (status === 'failed' || status === 'canceled') return `${money} is back in your balance, as before.`
	const taken = `Takes ${money} from your balance, at the rate of the payment.`
	if (result === 0) return taken
	const change = formatMoney(Math.abs(result), currency)
	return result > 0
		? `${taken} Rates have moved: it cost ${change} more, booked as an exchange loss.`
		: `${taken} Rates have moved: it cost ${change} less, booked as an exchange gain.`
}
