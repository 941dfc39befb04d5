/** What a payments house promises, without a database, a queue, a gateway or a clock. Amounts are minor units. */

export type Currency = 'jpy' | 'eur' | 'kwd'
export type Card = keyof typeof CARDS
export type Challenge = 'complete' | 'fail'

/** Test cards of the gateway, by what they do. */
export const CARDS = {
	good: 'pm_card_visa',
	declined: 'pm_card_chargeDeclined',
	challenged: 'pm_card_threeDSecure2Required',
	challengedThenDeclined: 'pm_card_threeDSecureRequiredChargeDeclined',
	refundComesBack: 'pm_card_refundFail',
} as const

export type Payment = {
	id: string
	currency: Currency
	amount: bigint
	card: Card
	manual: boolean
	/** Above 5,000 US dollars: held until a person decides. */
	large: boolean
	status: string
	captured: bigint
	refunds: { id: string; amount: bigint; isBack: boolean }[]
}

export type Account = 'gateway_clearing' | 'fees' | 'merchant_balance' | 'refunds'
export type Ledger = Record<string, bigint>

export class Model {
	readonly payments: Payment[] = []
	readonly ledger: Ledger = {}
	/** The last request whose answer is kept, to be sent again. */
	last: { path: string; body: object; key: string; status: number; text: string } | null = null
	/** How many answers of the gateway were made to get lost. */
	lost = 0

	book(currency: Currency, lines: Partial<Record<Account, bigint>>): void {
		for (const [account, amount] of Object.entries(lines)) {
			const name = `${currency} ${account}`
			this.ledger[name] = (this.ledger[name] ?? 0n) + amount
		}
	}

	/** The card is asked for the money: at once, or after its owner was. */
	charge(payment: Payment, isAuthenticated = false): void {
		const wantsChallenge = payment.card === 'challenged' || payment.card === 'challengedThenDeclined'
		if (wantsChallenge && !isAuthenticated) payment.status = 'requires_action'
		else if (payment.card === 'declined') payment.status = 'failed'
		else if (payment.card === 'challengedThenDeclined') payment.status = 'requires_payment_method'
		else if (payment.large) payment.status = 'in_review'
		else if (payment.manual) payment.status = 'requires_capture'
		else this.take(payment, payment.amount)
	}

	take(payment: Payment, amount: bigint): void {
		const fee = feeOf(amount, payment.currency)
		payment.status = 'succeeded'
		payment.captured = amount
		this.book(payment.currency, {
			gateway_clearing: amount - fee,
			fees: fee,
			merchant_balance: -amount,
		})
	}

	answerChallenge(payment: Payment, answer: Challenge): void {
		if (payment.status !== 'requires_action') return
		if (answer === 'fail') payment.status = 'requires_payment_method'
		else this.charge(payment, true)
	}

	/** HTTP status of the answer; the payment moves when it is 200. */
	confirm(payment: Payment): number {
		if (payment.status !== 'requires_payment_method') return 409
		this.charge(payment)
		return 200
	}

	capture(payment: Payment, amount: bigint | null): number {
		if (payment.status !== 'requires_capture' && payment.status !== 'in_review') return 409
		if (amount !== null && amount > payment.amount) return 400
		this.take(payment, amount ?? payment.amount)
		return 200
	}

	approve(payment: Payment): number {
		return payment.status === 'in_review' ? this.capture(payment, null) : 409
	}

	reject(payment: Payment): number {
		if (payment.status !== 'in_review') return 409
		payment.status = 'failed'
		return 200
	}

	cancel(payment: Payment): number {
		if (!mayLapse(payment)) return 409
		payment.status = 'canceled'
		return 200
	}

	/** Nobody did anything for longer than a payment waits. */
	lapse(payment: Payment): void {
		if (mayLapse(payment)) payment.status = 'canceled'
	}

	refund(payment: Payment, asked: bigint | null, id: string): number {
		const left = refundableOf(payment)
		if (payment.status !== 'succeeded' || left === 0n) return 409
		const amount = asked ?? left
		if (amount > left) return 400
		payment.refunds.push({ id, amount, isBack: false })
		this.book(payment.currency, { merchant_balance: amount, gateway_clearing: -amount })
		return 201
	}

	/** The card's bank sends a refund back: the money is the merchant's again. */
	sendBack(payment: Payment): void {
		for (const refund of payment.refunds.filter(({ isBack }) => !isBack)) {
			refund.isBack = true
			this.book(payment.currency, { merchant_balance: -refund.amount, gateway_clearing: refund.amount })
		}
	}
}

const mayLapse = ({ status }: Payment): boolean =>
	['requires_payment_method', 'requires_action', 'requires_capture', 'in_review'].includes(status)

const refundedOf = ({ refunds }: Payment): bigint =>
	refunds.reduce((sum, { amount, isBack }) => (isBack ? sum : sum + amount), 0n)

export const refundableOf = (payment: Payment): bigint => payment.captured - refundedOf(payment)

/** The gateway's price list: 2.9 %, rounded half up, and 30 cents or what is called so. */
const feeOf = (amount: bigint, currency: Currency): bigint =>
	(amount * 29n + 500n) / 1_000n + (currency === 'kwd' ? 300n : 30n)

/** What GET must say of it. */
export const viewOf = (payment: Payment) => ({
	id: payment.id,
	status: payment.status,
	amount: Number(payment.amount),
	currency: payment.currency,
	amount_captured: Number(payment.captured),
	amount_refunded: Number(refundedOf(payment)),
	amount_refundable: Number(refundableOf(payment)),
})
