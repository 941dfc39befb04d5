import type { TransactionInformation } from '@paypal/paypal-server-sdk'
import type {
	GatewayBooks,
	GatewayCharge,
	GatewayMovement,
	GatewayPayout,
	GatewayRefund,
	Span,
} from '../../domain/reconciliation/ports.ts'
import { assertNoOpenTransaction } from '../../telemetry/open-transaction.server.ts'
import type { PayPalClient } from './client.server.ts'
import { disputeRefsOf } from './list-disputes.server.ts'
import {
	readCaptureCharge,
	readLine,
	readOrderCharge,
	readPayout,
	readRefundLine,
	typeOf,
} from './read-books.server.ts'
import { isMissing } from './read-error.server.ts'
import { captureIdOf } from './refunds.server.ts'
import { searchTransactions } from './search-transactions.server.ts'

const WHAT = 'reading the books of PayPal'

/** A denied or waiting line has moved nothing. */
const hasMoved = ({ transactionStatus: status }: TransactionInformation): boolean =>
	status !== 'D' && status !== 'P'

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
	assertNoOpenTransaction(WHAT)
	try {
		return await ask()
	} catch (error) {
		if (isMissing(error)) return null
		throw error
	}
}

/** The books of a PayPal account. Its search is up to 3 hours behind: what it does not show yet is asked for by name. */
export function createPayPalBooks({ orders, payments, transactions, send }: PayPalClient): GatewayBooks {
	const lines = (span: Span): AsyncGenerator<TransactionInformation> => {
		assertNoOpenTransaction(WHAT)
		return searchTransactions(transactions, span)
	}

	async function findCharge(ref: string): Promise<GatewayCharge | null> {
		const order = await orNull(() => orders.getOrder({ id: ref }))
		if (order) return readOrderCharge(order.result)
		const capture = await orNull(() => payments.getCapturedPayment({ captureId: ref }))
		return capture && readCaptureCharge(capture.result)
	}

	async function findRefund(ref: string): Promise<GatewayRefund | null> {
		const found = await orNull(() => payments.getRefund({ refundId: ref }))
		if (!found) return null
		const captureId = captureIdOf(found.result)
		const capture = captureId && (await orNull(() => payments.getCapturedPayment({ captureId })))
		const parentRef = capture ? (capture.result.supplementaryData?.relatedIds?.orderId ?? captureId) : null
		return readRefundLine(found.result, parentRef)
	}

	/** A line about a case names the disputed charge; the books go by the case. */
	async function sourceOf(line: TransactionInformation): Promise<string | null> {
		const { transactionId, paypalReferenceId } = line
		switch (typeOf(line)) {
			case 'charge':
			case 'refund':
			case 'payout':
				return transactionId ?? null
			case 'dispute': {
				const [about] = paypalReferenceId ? await disputeRefsOf(send, paypalReferenceId) : []
				return about ?? paypalReferenceId ?? null
			}
			default:
				return null
		}
	}

	async function* movements(span: Span): AsyncGenerator<GatewayMovement> {
		for await (const line of lines(span)) if (hasMoved(line)) yield readLine(line, await sourceOf(line))
	}

	async function* charges(span: Span): AsyncGenerator<GatewayCharge> {
		for await (const line of lines(span)) {
			const { transactionId } = line
			if (typeOf(line) !== 'charge' || transactionId === undefined) continue
			const capture = await orNull(() => payments.getCapturedPayment({ captureId: transactionId }))
			const charge = capture && readCaptureCharge(capture.result)
			if (charge) yield charge
		}
	}

	async function* refunds(span: Span): AsyncGenerator<GatewayRefund> {
		for await (const line of lines(span)) {
			const refund =
				typeOf(line) === 'refund' && line.transactionId ? await findRefund(line.transactionId) : null
			if (refund) yield refund
		}
	}

	async function* payouts(span: Span): AsyncGenerator<GatewayPayout> {
		for await (const line of lines(span)) {
			const payout = readPayout(line)
			if (payout) yield payout
		}
	}

	return { name: 'paypal', charges, refunds, movements, payouts, findCharge, findRefund }
}
