import type Stripe from 'stripe'
import type { GatewayBooks, GatewayCharge, Span } from '../../domain/reconciliation/ports.ts'
import { assertNoOpenTransaction } from '../../telemetry/open-transaction.server.ts'
import { readBareCharge, readCharge, readMovement, readPayout, readRefundLine } from './read-books.server.ts'
import { isMissing } from './read-error.server.ts'

const PAGE = 100
const CHARGE_LINE = ['latest_charge.balance_transaction']
const REFUND_LINES = ['balance_transaction', 'failure_balance_transaction']

const inList = (paths: string[]): string[] => paths.map((path) => `data.${path}`)

/** Stripe counts in whole seconds. */
const within = ({ from, until }: Span) => ({
	created: { gte: Math.floor(from.getTime() / 1000), lt: Math.floor(until.getTime() / 1000) },
	limit: PAGE,
})

/** Reads a list page by page, as it is asked for; what this version cannot read is left out. */
async function* each<T, R>(start: () => AsyncIterable<T>, read: (item: T) => R | null): AsyncGenerator<R> {
	assertNoOpenTransaction('reading the books of Stripe')
	for await (const item of start()) {
		const known = read(item)
		if (known !== null) yield known
	}
}

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
	assertNoOpenTransaction('reading the books of Stripe')
	try {
		return await ask()
	} catch (error) {
		if (isMissing(error)) return null
		throw error
	}
}

/** The books of a Stripe account, or of anything that speaks its wire format. */
export function createStripeBooks(stripe: Stripe): GatewayBooks {
	async function findCharge(ref: string): Promise<GatewayCharge | null> {
		const intentRef = ref.startsWith('pi_') ? ref : null
		const charge = intentRef
			? null
			: await orNull(() => stripe.charges.retrieve(ref, { expand: ['balance_transaction'] }))
		if (!intentRef && !charge) return null
		const parent =
			typeof charge?.payment_intent === 'string' ? charge.payment_intent : charge?.payment_intent?.id
		const named = intentRef ?? parent
		if (!named) return charge && readBareCharge(charge)
		const intent = await orNull(() => stripe.paymentIntents.retrieve(named, { expand: CHARGE_LINE }))
		return intent && readCharge(intent)
	}

	return {
		name: 'stripe',
		charges: (span) =>
			each(
				() => stripe.paymentIntents.list({ ...within(span), expand: inList(CHARGE_LINE) }),
				(intent) => readCharge(intent),
			),
		refunds: (span) =>
			each(
				() => stripe.refunds.list({ ...within(span), expand: inList(REFUND_LINES) }),
				(refund) => readRefundLine(refund),
			),
		movements: (span) =>
			each(
				() => stripe.balanceTransactions.list(within(span)),
				(line) => readMovement(line),
			),
		payouts: (span) =>
			each(
				() => stripe.payouts.list(within(span)),
				(payout) => readPayout(payout),
			),
		findCharge,
		async findRefund(ref) {
			const refund = await orNull(() => stripe.refunds.retrieve(ref, { expand: REFUND_LINES }))
			return refund && readRefundLine(refund)
		},
	}
}
