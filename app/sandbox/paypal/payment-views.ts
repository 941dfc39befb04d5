import type { PayPalAuthorization, PayPalCapture, PayPalRefund } from '../books/paypal-shapes.ts'
import type { Sandbox } from '../sandbox.ts'
import { type Link, link } from './links.ts'
import { money } from './money.ts'
import { MERCHANT } from './parties.ts'
import { written } from './times.ts'

const named = (row: { custom: string | null; invoice: string | null }) => ({
	...(row.invoice !== null && { invoice_id: row.invoice }),
	...(row.custom !== null && { custom_id: row.custom }),
})

const timed = (row: { created: number; updated: number }) => ({
	create_time: written(row.created),
	update_time: written(row.updated),
})

const processed = (code: string | null) =>
	code === null ? {} : { processor_response: { response_code: code } }

export function viewCapture(sandbox: Sandbox, capture: PayPalCapture): object {
	const { amount, authorization, fee, id, order, status } = capture
	const { currency, minor } = amount
	const paid = status !== 'DECLINED' && status !== 'PENDING'
	return {
		id,
		status,
		...(status === 'PENDING' && { status_details: { reason: 'ECHECK' } }),
		amount: money(amount),
		final_capture: capture.final,
		disbursement_mode: 'INSTANT',
		...named(capture),
		...(paid && {
			seller_protection: { status: 'NOT_ELIGIBLE' },
			seller_receivable_breakdown: {
				gross_amount: money(amount),
				paypal_fee: money({ currency, minor: fee }),
				net_amount: money({ currency, minor: minor - fee }),
			},
		}),
		...processed(capture.processorCode),
		supplementary_data: {
			related_ids: { order_id: order, ...(authorization !== null && { authorization_id: authorization }) },
		},
		payee: MERCHANT,
		...timed(capture),
		links: captureLinks(sandbox, capture),
	}
}

export function captureLinks(sandbox: Sandbox, { authorization, id, order }: PayPalCapture): Link[] {
	const above =
		authorization === null ? `/v2/checkout/orders/${order}` : `/v2/payments/authorizations/${authorization}`
	return [
		link(sandbox, 'self', `/v2/payments/captures/${id}`),
		link(sandbox, 'refund', `/v2/payments/captures/${id}/refund`, 'POST'),
		link(sandbox, 'up', above),
	]
}

export function viewAuthorization(sandbox: Sandbox, authorization: PayPalAuthorization): object {
	const { amount, expires, order, processorCode, status } = authorization
	return {
		id: authorization.id,
		status,
		amount: money(amount),
		...named(authorization),
		expiration_time: written(expires),
		...processed(processorCode),
		supplementary_data: { related_ids: { order_id: order } },
		payee: MERCHANT,
		...timed(authorization),
		links: authorizationLinks(sandbox, authorization),
	}
}

export function authorizationLinks(sandbox: Sandbox, { id, order, status }: PayPalAuthorization): Link[] {
	const path = `/v2/payments/authorizations/${id}`
	const open = status === 'CREATED' || status === 'PARTIALLY_CAPTURED'
	return [
		link(sandbox, 'self', path),
		...(open
			? [link(sandbox, 'capture', `${path}/capture`, 'POST'), link(sandbox, 'void', `${path}/void`, 'POST')]
			: []),
		link(sandbox, 'up', `/v2/checkout/orders/${order}`),
	]
}

/** PayPal keeps its fee when a payment is given back. */
export function viewRefund(sandbox: Sandbox, refund: PayPalRefund): object {
	const { amount, note, totalRefunded } = refund
	const { currency } = amount
	return {
		id: refund.id,
		status: refund.status,
		...(refund.status === 'PENDING' && { status_details: { reason: 'ECHECK' } }),
		amount: money(amount),
		...named(refund),
		...(note !== null && { note_to_payer: note }),
		seller_payable_breakdown: {
			gross_amount: money(amount),
			paypal_fee: money({ currency, minor: 0 }),
			net_amount: money(amount),
			total_refunded_amount: money({ currency, minor: totalRefunded }),
		},
		payer: MERCHANT,
		...timed(refund),
		links: refundLinks(sandbox, refund),
	}
}

export const refundLinks = (sandbox: Sandbox, { capture, id }: PayPalRefund): Link[] => [
	link(sandbox, 'self', `/v2/payments/refunds/${id}`),
	link(sandbox, 'up', `/v2/payments/captures/${capture}`),
]
