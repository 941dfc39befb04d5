import type {
	PaymentsController,
	TransactionInformation,
	TransactionSearchController,
} from '@paypal/paypal-server-sdk'
import type { Span } from '../../domain/reconciliation/ports.ts'
import { isMissing, problemOf } from './read-error.server.ts'

/** PayPal's limits on one search. */
const MOST_DAYS_MS = 31 * 86_400_000
const PAGE = 500

/** Our clock and PayPal's may differ by this much. */
const CLOCK_SLACK_MS = 120_000

export const timeOf = ({ transactionInitiationDate: text }: TransactionInformation): Date =>
	new Date(text ?? Number.NaN)

/** PayPal reads whole seconds. */
const wireTime = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`

async function readWhole(
	transactions: TransactionSearchController,
	{ from, until }: Span,
	balanceAffectingRecordsOnly: 'Y' | 'N',
): Promise<TransactionInformation[]> {
	const found: TransactionInformation[] = []
	for (let page = 1, pages = 1; page <= pages; page++) {
		const { result } = await transactions.searchTransactions({
			startDate: wireTime(from),
			endDate: wireTime(until),
			fields: 'transaction_info',
			balanceAffectingRecordsOnly,
			pageSize: PAGE,
			page,
		})
		pages = result.totalPages ?? 1
		found.push(...(result.transactionDetails ?? []).flatMap(({ transactionInfo }) => transactionInfo ?? []))
	}
	return found
}

const halves = ({ from, until }: Span): Span[] => {
	const middle = new Date(Math.floor((from.getTime() + until.getTime()) / 2_000) * 1_000)
	return [
		{ from: middle, until },
		{ from, until: middle },
	]
}

/** Where PayPal has more lines than it will count, half the time is asked for. */
async function* readSpan(
	transactions: TransactionSearchController,
	span: Span,
	only: 'Y' | 'N',
): AsyncGenerator<TransactionInformation> {
	try {
		const lines = await readWhole(transactions, span, only)
		lines.sort((a, b) => timeOf(b).getTime() - timeOf(a).getTime())
		yield* lines
	} catch (error) {
		const isTooMuch = problemOf(error)?.issue === 'RESULTSET_TOO_LARGE'
		if (!isTooMuch || span.until.getTime() - span.from.getTime() < 2_000) throw error
		for (const half of halves(span)) yield* readSpan(transactions, half, only)
	}
}

/** The lines of the account in a span, newest first, each once: PayPal's own ends include the second they name. */
export async function* searchTransactions(
	transactions: TransactionSearchController,
	{ from, until }: Span,
	{ withHolds = false }: { withHolds?: boolean } = {},
): AsyncGenerator<TransactionInformation> {
	const seen = new Set<string>()
	for (let end = until.getTime(); end > from.getTime(); end -= MOST_DAYS_MS) {
		const part = { from: new Date(Math.max(from.getTime(), end - MOST_DAYS_MS)), until: new Date(end) }
		for await (const line of readSpan(transactions, part, withHolds ? 'N' : 'Y')) {
			const at = timeOf(line)
			const key = `${line.transactionId} ${line.transactionEventCode}`
			if (at < from || at >= until || seen.has(key)) continue
			seen.add(key)
			yield line
		}
	}
}

/** The order behind a charge or a hold; null when PayPal does not name one. */
export async function orderIdOf(
	payments: PaymentsController,
	{ transactionId: id }: TransactionInformation,
): Promise<string | null> {
	if (id === undefined) return null
	try {
		const { result } = await payments.getCapturedPayment({ captureId: id })
		return result.supplementaryData?.relatedIds?.orderId ?? null
	} catch (error) {
		if (!isMissing(error)) throw error
	}
	try {
		const { result } = await payments.getAuthorizedPayment({ authorizationId: id })
		return result.supplementaryData?.relatedIds?.orderId ?? null
	} catch (error) {
		if (isMissing(error)) return null
		throw error
	}
}

/** The order that carries our attempt's mark, found in the account; null when the account shows none (yet). */
export async function searchByAttempt(
	{ payments, transactions }: { payments: PaymentsController; transactions: TransactionSearchController },
	{ attemptId, startedAt }: { attemptId: string; startedAt: Date },
): Promise<string | null> {
	const span = { from: new Date(startedAt.getTime() - CLOCK_SLACK_MS), until: new Date(Date.now() + 1_000) }
	for await (const line of searchTransactions(transactions, span, { withHolds: true })) {
		if (line.customField !== attemptId) continue
		const order = await orderIdOf(payments, line)
		if (order !== null) return order
	}
	return null
}
