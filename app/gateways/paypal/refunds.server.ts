import {
	RefundStatus,
	type OrdersController,
	type PaymentsController,
	type Refund,
} from '@paypal/paypal-server-sdk'
import type { GatewayRefund, RefundOutcome, RefundRequest } from '../../domain/payments/ports.ts'
import { assertNoOpenTransaction } from '../../telemetry/open-transaction.server.ts'
import { isMissing, isRefusal, problemOf, reasonOf } from './read-error.server.ts'
import { takenOf } from './read-order.server.ts'
import { fromWire, refusalOf, toWire } from './wire-amount.server.ts'

/** What the payer reads beside the money. Nobody is told that they were a fraud. */
const NOTES: Readonly<Record<string, string>> = {
	duplicate: 'You were charged twice.',
	requested_by_customer: 'Refunded as you asked.',
}

const failed = (reason: string): RefundOutcome => ({ kind: 'failed', ref: null, reason })

export function readRefund(refund: Refund): RefundOutcome {
	const amount = fromWire(refund.amount)
	const { id: ref, status } = refund
	if (ref === undefined || amount === null) return { kind: 'unknown', reason: 'unreadable refund' }
	const facts = { ref, amountMinor: amount.minor, currency: amount.currency }
	switch (status) {
		case RefundStatus.Completed:
			return { kind: 'succeeded', ...facts, pendingReason: null }
		case RefundStatus.Pending:
			return { kind: 'pending', ...facts, pendingReason: 'processing' }
		case RefundStatus.Failed:
			return { kind: 'failed', ref, reason: refund.statusDetails?.reason ?? 'failed' }
		case RefundStatus.Cancelled:
			return { kind: 'canceled', ref, reason: refund.statusDetails?.reason ?? 'canceled' }
		default:
			return { kind: 'unknown', reason: `status ${status ?? 'missing'}` }
	}
}

/** Only a request PayPal refused proves that nothing happened; any other failure is no answer. */
function readRefundFailure(error: unknown): RefundOutcome {
	const problem = problemOf(error)
	return problem !== null && isRefusal(problem)
		? failed(problem.issue)
		: { kind: 'unknown', reason: reasonOf(error) }
}

type Controllers = { orders: OrdersController; payments: PaymentsController }

export async function createRefund(
	{ orders, payments }: Controllers,
	request: RefundRequest,
): Promise<RefundOutcome> {
	assertNoOpenTransaction('calling PayPal')
	const money = { minor: request.amountMinor, currency: request.currency }
	const refusal = refusalOf(money)
	if (refusal !== null) return failed(refusal)
	const note = NOTES[request.reason ?? '']
	try {
		const captureId = takenOf((await orders.getOrder({ id: request.paymentRef })).result)?.id
		if (captureId === undefined) return failed('PayPal has taken no money for this payment.')
		const { result } = await payments.refundCapturedPayment({
			captureId,
			paypalRequestId: request.refundId,
			prefer: 'return=representation',
			body: { amount: toWire(money), customId: request.refundId, ...(note && { noteToPayer: note }) },
		})
		return readRefund(result)
	} catch (error) {
		return readRefundFailure(error)
	}
}

/** The capture a refund names as what it came from. */
export const captureIdOf = ({ links }: Refund): string | null =>
	/\/captures\/([\w-]+)$/.exec(links?.find(({ rel }) => rel === 'up')?.href ?? '')?.[1] ?? null

/** A refund made at PayPal itself carries the mark of its charge instead of one of ours. */
export const ourRefundIdOf = ({ customId }: Refund): string | null =>
	customId?.startsWith('re_') ? customId : null

/** The charge comes along, since a refund knows neither its order nor our attempt. */
export async function findRefund(
	{ payments }: Pick<Controllers, 'payments'>,
	ref: string,
): Promise<GatewayRefund | null> {
	assertNoOpenTransaction('calling PayPal')
	try {
		const { result: refund } = await payments.getRefund({ refundId: ref })
		const captureId = captureIdOf(refund)
		const capture = captureId === null ? null : (await payments.getCapturedPayment({ captureId })).result
		const amount = fromWire(refund.amount)
		return {
			ref,
			paymentRef: capture?.supplementaryData?.relatedIds?.orderId ?? null,
			refundId: ourRefundIdOf(refund),
			attemptId: capture?.customId ?? null,
			// What cannot be read is nothing; the outcome says so as well.
			amountMinor: amount?.minor ?? 0n,
			currency: amount?.currency ?? '',
			reason: null,
			outcome: readRefund(refund),
		}
	} catch (error) {
		if (isMissing(error)) return null
		throw error
	}
}

export async function findRefundOf(
	{ orders }: Pick<Controllers, 'orders'>,
	{ refundId, paymentRef }: Pick<RefundRequest, 'refundId' | 'paymentRef'>,
): Promise<RefundOutcome | null> {
	assertNoOpenTransaction('calling PayPal')
	try {
		const { result: order } = await orders.getOrder({ id: paymentRef })
		const refunds = order.purchaseUnits?.flatMap(({ payments }) => payments?.refunds ?? []) ?? []
		const ours = refunds.find((refund) => refund.customId === refundId)
		return ours ? readRefund(ours) : null
	} catch (error) {
		if (isMissing(error)) return null
		return { kind: 'unknown', reason: reasonOf(error) }
	}
}
