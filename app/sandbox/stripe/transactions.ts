import { newId } from '../books/ids.ts'
import type { BalanceTransaction } from '../books/money-shapes.ts'
import { missing } from '../http/errors.ts'
import { text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Handler, Routes } from './call.ts'
import { list, show } from './listing.ts'

const SETTLES_AFTER_SECONDS = 2 * 86_400

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
		available_on: movement.atOnce ? created : created + SETTLES_AFTER_SECONDS,
		balance_type: 'payments',
		created,
		currency,
		description: movement.description,
		exchange_rate: null,
		fee,
		fee_details:
			fee === 0 ? [] : [{ amount: fee, application: null, currency, description, type: 'stripe_fee' }],
		net: amount - fee,
		reporting_category: type === 'adjustment' ? 'dispute' : type,
		source,
		status: movement.atOnce ? 'available' : 'pending',
		type,
	})
}

const balance: Handler = (desk) => {
	const now = desk.clock.seconds()
	const totals = { available: new Map<string, bigint>(), pending: new Map<string, bigint>() }
	for (const { available_on, currency, net } of desk.books.transactions.all()) {
		const total = available_on <= now ? totals.available : totals.pending
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
	return settled(found, desk.clock.seconds())
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
	return show(page, (line) => settled(line, now))
}

const settled = (line: BalanceTransaction, now: number): BalanceTransaction =>
	line.available_on <= now ? { ...line, status: 'available' } : line

export const transactionRoutes: Routes = {
	'GET /v1/balance': balance,
	'GET /v1/balance_transactions': index,
	'GET /v1/balance_transactions/:id': retrieve,
}
