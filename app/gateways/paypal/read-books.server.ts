import {
	AuthorizationStatus,
	CaptureStatus,
	OrderStatus,
	RefundStatus,
	type CapturedPayment,
	type Order,
	type OrdersCapture,
	type Refund,
	type TransactionInformation,
} from '@paypal/paypal-server-sdk'
import type {
	GatewayCharge,
	GatewayMovement,
	GatewayPayout,
	GatewayRefund,
	PayoutStatus,
} from '../../domain/reconciliation/ports.ts'
import type { RefundStatus as OurRefundStatus } from '../../domain/refunds/refund-state.ts'
import { authorizationsOf, capturesOf, openHoldOf, takenOf } from './read-order.server.ts'
import { ourRefundIdOf } from './refunds.server.ts'
import { timeOf } from './search-transactions.server.ts'
import { amountOnWire, fromWire } from './wire-amount.server.ts'

/** Our words for PayPal's event codes, the first that fits. */
const TYPES: readonly (readonly [RegExp, string])[] = [
	[/^T00/, 'charge'],
	[/^T1107$/, 'refund'],
	[/^T04/, 'payout'],
	[/^T(1106|1110|1111|12\d\d|0106)$/, 'dispute'],
]

export const typeOf = ({ transactionEventCode: code }: TransactionInformation): string =>
	TYPES.find(([codes]) => codes.test(code ?? ''))?.[1] ?? code ?? 'unknown'

/** PayPal writes a fee as what it does to the balance: negative when it was taken. */
export function readLine(line: TransactionInformation, sourceRef: string | null): GatewayMovement {
	const { minor, currency } = amountOnWire(line.transactionAmount)
	const fee = fromWire(line.feeAmount)
	const feeMinor = fee?.currency === currency ? -fee.minor : 0n
	return {
		ref: line.transactionId ?? '',
		type: typeOf(line),
		sourceRef,
		amountMinor: minor,
		feeMinor,
		netMinor: minor - feeMinor,
		currency,
		occurredAt: timeOf(line),
		availableAt: null,
	}
}

const at = (text: string | undefined): Date => new Date(text ?? Number.NaN)

type Line = { ref: string; type: string; currency: string; amountMinor: bigint; feeMinor: bigint; at: Date }

const movement = ({ ref, type, currency, amountMinor, feeMinor, at: occurredAt }: Line): GatewayMovement => ({
	ref,
	type,
	sourceRef: ref,
	amountMinor,
	feeMinor,
	netMinor: amountMinor - feeMinor,
	currency,
	occurredAt,
	availableAt: null,
})

function takenCharge(ref: string, ourRef: string | null, capture: OrdersCapture): GatewayCharge {
	const { minor: amountMinor, currency } = amountOnWire(capture.amount)
	const fee = fromWire(capture.sellerReceivableBreakdown?.paypalFee)
	const feeMinor = fee?.currency === currency ? fee.minor : null
	const occurredAt = at(capture.createTime)
	const line = { type: 'charge', currency, amountMinor, feeMinor: feeMinor ?? 0n, at: occurredAt }
	return {
		ref,
		chargeRef: capture.id ?? null,
		kind: 'charge',
		status: 'succeeded',
		amountMinor,
		currency,
		feeMinor,
		ourRef,
		occurredAt,
		movements: capture.id === undefined ? [] : [movement({ ref: capture.id, ...line })],
	}
}

type Standing = GatewayCharge['status']

function holdStanding(order: Order): Standing {
	if (openHoldOf(order)) {
		return openHoldOf(order)?.status === AuthorizationStatus.Created ? 'succeeded' : 'pending'
	}
	const [last] = authorizationsOf(order).slice(-1)
	if (last) return last.status === AuthorizationStatus.Voided ? 'canceled' : 'failed'
	const captures = capturesOf(order)
	if (captures.length > 0) {
		return captures.some(({ status }) => status === CaptureStatus.Pending) ? 'pending' : 'failed'
	}
	return order.status === OrderStatus.Voided ? 'canceled' : 'pending'
}

/** An order with everything in it. Throws when an amount of it cannot be read. */
export function readOrderCharge(order: Order): GatewayCharge {
	const [unit] = order.purchaseUnits ?? []
	const ref = order.id ?? ''
	const ourRef = unit?.customId ?? null
	const taken = takenOf(order)
	if (taken) return takenCharge(ref, ourRef, taken)
	const [hold] = authorizationsOf(order).slice(-1)
	const { minor: amountMinor, currency } = amountOnWire(hold?.amount ?? unit?.amount)
	return {
		ref,
		chargeRef: hold?.id ?? null,
		kind: 'authorization',
		status: holdStanding(order),
		amountMinor,
		currency,
		feeMinor: null,
		ourRef,
		occurredAt: at(order.createTime),
		movements: [],
	}
}

/** A capture by itself; null while it has taken no money. One made without an order goes by its own name. */
export function readCaptureCharge(capture: CapturedPayment): GatewayCharge | null {
	const isTaken = [CaptureStatus.Completed, CaptureStatus.PartiallyRefunded, CaptureStatus.Refunded].some(
		(status) => status === capture.status,
	)
	const ref = capture.supplementaryData?.relatedIds?.orderId ?? capture.id
	return isTaken && ref !== undefined ? takenCharge(ref, capture.customId ?? null, capture) : null
}

const REFUND_STATUS: Readonly<Record<RefundStatus, OurRefundStatus>> = {
	[RefundStatus.Completed]: 'succeeded',
	[RefundStatus.Pending]: 'pending',
	[RefundStatus.Failed]: 'failed',
	[RefundStatus.Cancelled]: 'canceled',
}

/** A refund; null in a state this version does not know. */
export function readRefundLine(refund: Refund, parentRef: string | null): GatewayRefund | null {
	const status = refund.status === undefined ? undefined : REFUND_STATUS[refund.status]
	if (status === undefined || refund.id === undefined) return null
	const { minor: amountMinor, currency } = amountOnWire(refund.amount)
	const fee = fromWire(refund.sellerPayableBreakdown?.paypalFee)
	const occurredAt = at(refund.createTime)
	const line = {
		ref: refund.id,
		type: 'refund',
		currency,
		amountMinor: -amountMinor,
		// What PayPal gives back of its own fee.
		feeMinor: fee?.currency === currency ? -fee.minor : 0n,
		at: occurredAt,
	}
	return {
		ref: refund.id,
		parentRef,
		status,
		amountMinor,
		currency,
		reason: refund.noteToPayer ?? null,
		ourRef: ourRefundIdOf(refund),
		occurredAt,
		movements: status === 'succeeded' ? [movement(line)] : [],
	}
}

const PAYOUT_STATUS: Readonly<Record<string, PayoutStatus>> = {
	S: 'paid',
	P: 'in_transit',
	D: 'failed',
	V: 'canceled',
}

/** What a bank shows of a withdrawal carries PayPal's name and a number of the bank's own. */
const BANK_TEXT = 'PAYPAL'

/** A withdrawal to the bank; null for a line that is none. */
export function readPayout(line: TransactionInformation): GatewayPayout | null {
	const amount = fromWire(line.transactionAmount)
	const status = PAYOUT_STATUS[line.transactionStatus ?? '']
	if (typeOf(line) !== 'payout' || amount === null || amount.minor >= 0n || !status || !line.transactionId) {
		return null
	}
	return {
		ref: line.transactionId,
		status,
		amountMinor: -amount.minor,
		currency: amount.currency,
		arrivesAt: timeOf(line),
		statementText: line.bankReferenceId ?? BANK_TEXT,
		createdAt: timeOf(line),
	}
}
