import { newId } from '../books/ids.ts'
import type { BalanceTransaction } from '../books/money-shapes.ts'
import { missing } from '../http/errors.ts'
import { text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Handler, Routes } from './call.ts'
import { list, show } from './listing.ts'

const SETTLES_AFTER_SECONDS = 2 * 86_400

/** For accounting Stripe sorts its types into fewer categories. */
const CATEGORIES: Partial<Record<BalanceTransaction['type'], string>> = {
	adjustment: 'dispute',
	payment: 'charge',
	payment_failure_refund: 'charge_failure',
	payment_refund: 'refund',
}

interface Movement {
	type: BalanceTransaction['type']
	/** Signed: money leaving the balance is negative. */
	amount: number
	fee: number
	feeDescription?: string
	currency: string
	source: string
	description: string | null
	atOnce?: boolean | undefined
	/** In place of two days from now. */
	availableOn?: number
}

/** One line of the gateway's own account: `net` is what the balance moves by. */
export function move(desk: Desk, movement: Movement): BalanceTransaction {
	const { amount, currency, fee, source, type } = movement
	const created = desk.clock.seconds()
	const description = movement.feeDescription ?? 'Stripe processing fees'
	return desk.books.transactions.put({
		id: newId('txn'),
		object: 'balance_transaction',
		amount,
		available_on: movement.availableOn ?? (movement.atOnce ? created : created + SETTLES_AFTER_SECONDS),
		balance_type: 'payments',
		created,
		currency,
		description: movement.description,
		exchange_rate: null,
		fee,
		fee_details:
			fee === 0 ? [] : [{ amount: fee, application: null, currency, description, type: 'stripe_fee' }],
		net: amount - fee,
		reporting_category: CATEGORIES[type] ?? type,
		source,
		status: movement.atOnce ? 'available' : 'pending',
		type,
	})
}

/** A debit stands in the books from its first day, but is nobody's money before the bank has paid it. */
export const isUnpaid = (desk: Desk, { source }: BalanceTransaction): boolean =>
	desk.books.charges.get(source)?.status === 'pending'

export const isAvailable = (desk: Desk, line: BalanceTransaction, now: number): boolean =>
	line.available_on <= now && !isUnpaid(desk, line)

const balance: Handler = (desk) => {
	const now = desk.clock.seconds()
	const totals = { available: new Map<string, bigint>(), pending: new Map<string, bigint>() }
	for (const line of desk.books.transactions.all()) {
		const { currency, net } = line
		const total = isAvailable(desk, line, now) ? totals.available : totals.pending
		total.set(currency, (total.get(currency) ?? 0n) + BigInt(net))
	}
	const lines = (total: Map<string, bigint>) =>
		Array.from(total, ([currency, amount]) => ({
			amount: Number(amount),
			currency,
			source_types: { card: Number(amount) },
		}))
	return {
		object: 'balance',
		available: lines(totals.available),
		livemode: false,
		pending: lines(totals.pending),
	}
}

const retrieve: Handler = (desk, call) => {
	const found = desk.books.transactions.get(call.id)
	if (!found) throw missing('balance_transaction', call.id)
	return settled(desk, found, desk.clock.seconds())
}

const index: Handler = (desk, call) => {
	const source = text(call.params, 'source')
	const type = text(call.params, 'type')
	const page = list(
		'/v1/balance_transactions',
		desk.books.transactions,
		call.params,
		(line) => (source === undefined || line.source === source) && (type === undefined || line.type === type),
	)
	const now = desk.clock.seconds()
	return show(page, (line) => settled(desk, line, now))
}

const settled = (desk: Desk, line: BalanceTransaction, now: number): BalanceTransaction =>
	isAvailable(desk, line, now) ? { ...line, status: 'available' } : line

export const transactionRoutes: Routes = {
	'GET /v1/balance': balance,
	'GET /v1/balance_transactions': index,
	'GET /v1/balance_transactions/:id': retrieve,
}
