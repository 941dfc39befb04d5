import {
	AuthorizationStatus,
	CaptureStatus,
	OrderStatus,
	PaResStatus,
	type AuthorizationWithAdditionalData,
	type Order,
	type OrdersCapture,
} from '@paypal/paypal-server-sdk'
import type { GatewayOutcome } from '../../domain/payments/ports.ts'
import { declineMessage } from './decline-message.ts'
import { fromWire } from './wire-amount.server.ts'

/** Their money was taken, whatever was given back since. */
const TAKEN: ReadonlySet<string | undefined> = new Set([
	CaptureStatus.Completed,
	CaptureStatus.PartiallyRefunded,
	CaptureStatus.Refunded,
])
const REFUSED: ReadonlySet<string | undefined> = new Set([CaptureStatus.Declined, CaptureStatus.Failed])

type Processed = Pick<OrdersCapture, 'processorResponse'>

export const capturesOf = (order: Order): OrdersCapture[] =>
	order.purchaseUnits?.flatMap(({ payments }) => payments?.captures ?? []) ?? []
export const authorizationsOf = (order: Order): AuthorizationWithAdditionalData[] =>
	order.purchaseUnits?.flatMap(({ payments }) => payments?.authorizations ?? []) ?? []

/** The hold that can still be taken or given up. */
export const openHoldOf = (order: Order): AuthorizationWithAdditionalData | undefined =>
	authorizationsOf(order).find(
		({ status }) => status === AuthorizationStatus.Created || status === AuthorizationStatus.Pending,
	)

export const takenOf = (order: Order): OrdersCapture | undefined =>
	capturesOf(order).find(({ status }) => TAKEN.has(status))

const payerUrlOf = (order: Order): string | null =>
	(
		order.links?.find(({ rel }) => rel === 'payer-action') ??
		order.links?.find(({ rel }) => rel === 'approve')
	)?.href ?? null

const unknown = (ref: string | null, reason: string): GatewayOutcome => ({ kind: 'unknown', ref, reason })

function declined(ref: string, code: string, processed: Processed): GatewayOutcome {
	const declineCode = processed.processorResponse?.responseCode ?? null
	return { kind: 'declined', ref, code, declineCode, message: declineMessage(code, declineCode) }
}

/** What one capture did, as a part of its order. */
export function readCapture(ref: string, capture: OrdersCapture): GatewayOutcome {
	const { status, id } = capture
	if (status === CaptureStatus.Pending) return { kind: 'processing', ref }
	if (REFUSED.has(status)) return declined(ref, 'PAYMENT_DENIED', capture)
	const amount = fromWire(capture.amount)
	if (!TAKEN.has(status) || id === undefined || amount === null) {
		return unknown(ref, `capture ${id ?? 'without a name'} is ${status ?? 'without a state'}`)
	}
	const fee = fromWire(capture.sellerReceivableBreakdown?.paypalFee)
	return {
		kind: 'captured',
		ref,
		chargeRef: id,
		amountMinor: amount.minor,
		currency: amount.currency,
		feeMinor: fee?.currency === amount.currency ? fee.minor : null,
	}
}

function readHold(ref: string, hold: AuthorizationWithAdditionalData): GatewayOutcome {
	switch (hold.status) {
		case AuthorizationStatus.Created: {
			const amount = fromWire(hold.amount)
			if (amount === null) return unknown(ref, 'unreadable amount')
			const { minor: amountMinor, currency } = amount
			return { kind: 'authorized', ref, chargeRef: hold.id ?? null, amountMinor, currency }
		}
		case AuthorizationStatus.Pending:
			return { kind: 'processing', ref }
		case AuthorizationStatus.Denied:
			return declined(ref, 'AUTHORIZATION_DENIED', hold)
		case AuthorizationStatus.Voided:
			return { kind: 'canceled', ref }
		default:
			return unknown(ref, `authorization ${hold.status ?? 'without a state'}`)
	}
}

/** The bank asked, and whoever answered was not the holder of the card. */
function failedAuthentication(order: Order): boolean {
	const said = order.paymentSource?.card?.authenticationResult?.threeDSecure?.authenticationStatus
	return said === PaResStatus.FailedAuthentication || said === PaResStatus.AuthenticationRejected
}

/** An order without money in it: it waits for somebody, or is over. */
function readBare(ref: string, order: Order): GatewayOutcome {
	if (failedAuthentication(order)) return declined(ref, 'AUTHENTICATION_FAILED', {})
	switch (order.status) {
		case OrderStatus.Approved:
			return { kind: 'approved', ref }
		case OrderStatus.Created:
		case OrderStatus.Saved:
		case OrderStatus.PayerActionRequired:
			return { kind: 'action_needed', ref, url: payerUrlOf(order) }
		case OrderStatus.Voided:
			return { kind: 'canceled', ref }
		default:
			return unknown(ref, `order ${order.status ?? 'without a state'} without a payment`)
	}
}

/** PayPal's order in our words: money that moved first, then money that is held, then the order itself. */
export function readOrder(order: Order): GatewayOutcome {
	const ref = order.id
	if (ref === undefined) return unknown(null, 'an order without a name')
	const captures = capturesOf(order)
	const capture = takenOf(order) ?? captures.find(({ status }) => !REFUSED.has(status))
	if (capture) return readCapture(ref, capture)
	const hold = openHoldOf(order)
	if (hold) return readHold(ref, hold)
	const [refused] = captures
	if (refused) return readCapture(ref, refused)
	const last = authorizationsOf(order).at(-1)
	return last ? readHold(ref, last) : readBare(ref, order)
}
