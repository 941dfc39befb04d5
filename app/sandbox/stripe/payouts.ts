import { newId } from '../books/ids.ts'
import type { Payout } from '../books/money-shapes.ts'
import { invalid, missing, refused } from '../http/errors.ts'
import { integer, metadata, oneOf, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Handler, Routes } from './call.ts'
import { readCurrency } from './currencies.ts'
import { list } from './listing.ts'
import { publish } from './publish.ts'
import { isAvailable, isUnpaid, move } from './transactions.ts'

const ARRIVES_AFTER_SECONDS = 2 * 86_400

const STATES = ['pending', 'in_transit', 'paid', 'failed', 'canceled'] as const

/** What may be paid out per currency; `pending` also counts what has not settled yet. */
function balances(desk: Desk, pending: boolean): Map<string, bigint> {
	const now = desk.clock.seconds()
	const totals = new Map<string, bigint>()
	for (const line of desk.books.transactions.all()) {
		if (isUnpaid(desk, line) || (!pending && !isAvailable(desk, line, now))) continue
		const { currency, net } = line
		totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(net))
	}
	return totals
}

type Asked = Pick<Payout, 'amount' | 'automatic' | 'currency' | 'metadata' | 'statement_descriptor'>

function pay(desk: Desk, asked: Asked): Payout {
	const id = newId('po')
	const created = desk.clock.seconds()
	const { id: transaction } = move(desk, {
		type: 'payout',
		amount: -asked.amount,
		fee: 0,
		currency: asked.currency,
		source: id,
		description: asked.automatic ? 'STRIPE PAYOUT' : null,
		atOnce: true,
	})
	const made = desk.books.payouts.put({
		id,
		object: 'payout',
		...asked,
		arrival_date: created + ARRIVES_AFTER_SECONDS,
		balance_transaction: transaction,
		created,
		description: asked.automatic ? 'STRIPE PAYOUT' : null,
		destination: 'ba_sandbox',
		failure_balance_transaction: null,
		failure_code: null,
		failure_message: null,
		livemode: false,
		method: 'standard',
		reconciliation_status: asked.automatic ? 'completed' : 'not_applicable',
		source_type: 'card',
		status: 'in_transit',
		type: 'bank_account',
	})
	publish(desk, 'payout.created', made)
	desk.schedule.later(ARRIVES_AFTER_SECONDS, 'payout.arrive', id)
	return made
}

/** The bank has the money. */
export function arrive(desk: Desk, id: string): void {
	const sent = desk.books.payouts.get(id)
	if (sent?.status !== 'in_transit') return
	publish(desk, 'payout.paid', desk.books.payouts.put({ ...sent, status: 'paid' }))
}

/** What Stripe does by itself every day: everything that has settled goes to the bank. */
export function payEverything(desk: Desk, pending: boolean): Payout[] {
	return [...balances(desk, pending)]
		.filter(([, amount]) => amount > 0n)
		.map(([currency, amount]) =>
			pay(desk, {
				amount: Number(amount),
				automatic: true,
				currency,
				metadata: {},
				statement_descriptor: null,
			}),
		)
}

const create: Handler = (desk, call) => {
	const { params } = call
	const amount = integer(params, 'amount') ?? 0
	if (amount < 1) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer')
	const currency = readCurrency(params)
	if (BigInt(amount) > (balances(desk, false).get(currency) ?? 0n)) {
		throw refused(
			'You have insufficient funds in your Stripe account for this transfer.',
			'balance_insufficient',
		)
	}
	return pay(desk, {
		amount,
		automatic: false,
		currency,
		metadata: metadata(params),
		statement_descriptor: text(params, 'statement_descriptor') ?? null,
	})
}

const retrieve: Handler = (desk, call) => {
	const found = desk.books.payouts.get(call.id)
	if (!found) throw missing('payout', call.id, 'payout')
	return found
}

const index: Handler = (desk, call) => {
	const status = oneOf(call.params, 'status', STATES)
	return list(
		'/v1/payouts',
		desk.books.payouts,
		call.params,
		(payout) => status === undefined || payout.status === status,
	)
}

export const payoutRoutes: Routes = {
	'POST /v1/payouts': create,
	'GET /v1/payouts': index,
	'GET /v1/payouts/:id': retrieve,
}
