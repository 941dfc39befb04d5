import type { Books } from '../books/books.ts'
import { invalid } from '../http/errors.ts'

const HOMES: Record<string, (books: Books, id: string) => object | undefined> = {
	pi: (books, id) => books.intents.get(id),
	ch: (books, id) => books.charges.get(id),
	py: (books, id) => books.charges.get(id),
	mandate: (books, id) => books.mandates.get(id),
	txn: (books, id) => books.transactions.get(id),
	pm: (books, id) => books.methods.get(id),
	re: (books, id) => books.refunds.get(id),
	pyr: (books, id) => books.refunds.get(id),
	po: (books, id) => books.payouts.get(id),
	du: (books, id) => books.disputes.get(id),
}

const EXPANDABLE = new Set([
	'balance_transaction',
	'charge',
	'customer',
	'data',
	'failure_balance_transaction',
	'latest_charge',
	'mandate',
	'payment_intent',
	'payment_method',
	'payment_method_details',
	'source',
	'us_bank_account',
])

/** Checked before anything is done: a request refused for its `expand` must not have charged a card. */
export function checkExpand(paths: string[]): void {
	for (const path of paths) {
		if (path.split('.').every((step) => EXPANDABLE.has(step))) continue
		throw invalid(`This property cannot be expanded (${path}).`, 'expand')
	}
}

/** `expand[]=latest_charge.balance_transaction`: ids on the path are replaced by what they stand for. */
export function expand(books: Books, object: object, paths: string[]): object {
	return paths.reduce((current, path) => follow(books, current, path.split('.')), object)
}

function follow(books: Books, object: object, steps: string[]): object {
	const [step, ...rest] = steps
	const fields = object as Record<string, unknown>
	if (step === undefined || fields[step] === undefined) return object
	return { ...fields, [step]: unfold(books, fields[step], rest) }
}

function unfold(books: Books, value: unknown, rest: string[]): unknown {
	if (Array.isArray(value)) return value.map((item) => unfold(books, item, rest))
	if (typeof value === 'object' && value !== null) return follow(books, value, rest)
	if (typeof value !== 'string') return value
	const found = HOMES[value.split('_')[0] ?? '']?.(books, value)
	return found ? follow(books, found, rest) : value
}
