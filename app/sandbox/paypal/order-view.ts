import type { PayPalCardSource, PayPalOrder } from '../books/paypal-shapes.ts'
import { brandOf } from '../cards/number.ts'
import type { Sandbox } from '../sandbox.ts'
import { type Link, link } from './links.ts'
import { money } from './money.ts'
import { ACCOUNT, BUYER_ID, MERCHANT, PAYER } from './parties.ts'
import { viewAuthorization, viewCapture, viewRefund } from './payment-views.ts'
import { written } from './times.ts'

const BRANDS: Record<string, string> = {
	amex: 'AMEX',
	diners: 'DINERS',
	discover: 'DISCOVER',
	jcb: 'JCB',
	mastercard: 'MASTERCARD',
	unionpay: 'CHINA_UNION_PAY',
	visa: 'VISA',
}

export function viewOrder(sandbox: Sandbox, order: PayPalOrder): object {
	const { created, custom, description, intent, invoice, updated } = order
	return {
		...viewOutcome(sandbox, order),
		intent,
		create_time: written(created),
		update_time: written(updated),
		purchase_units: [
			{
				reference_id: order.reference,
				amount: money(order.amount),
				payee: MERCHANT,
				...(description !== null && { description }),
				...(custom !== null && { custom_id: custom }),
				...(invoice !== null && { invoice_id: invoice }),
				...payments(sandbox, order),
			},
		],
	}
}

/** What `return=minimal` leaves of an order that was paid for, or tried to be. */
export function viewOutcome(sandbox: Sandbox, order: PayPalOrder): object {
	const { id, reference, source, status } = order
	const taken = payments(sandbox, order)
	const known = status === 'APPROVED' || status === 'COMPLETED'
	return {
		id,
		status,
		...(source && { payment_source: viewSource(sandbox, order) }),
		...('payments' in taken && { purchase_units: [{ reference_id: reference, ...taken }] }),
		...(known && source?.kind === 'paypal' && { payer: PAYER }),
		links: orderLinks(sandbox, order),
	}
}

function payments(sandbox: Sandbox, { id }: PayPalOrder): { payments?: object } {
	const { books } = sandbox
	const captures = books.paypalCaptures.of(id)
	const authorizations = books.paypalAuthorizations.of(id)
	const refunds = captures.flatMap((capture) => books.paypalRefunds.of(capture.id))
	if (captures.length + authorizations.length === 0) return {}
	return {
		payments: {
			...(authorizations.length > 0 && {
				authorizations: authorizations.map((row) => viewAuthorization(sandbox, row)),
			}),
			...(captures.length > 0 && { captures: captures.map((row) => viewCapture(sandbox, row)) }),
			...(refunds.length > 0 && { refunds: refunds.map((row) => viewRefund(sandbox, row)) }),
		},
	}
}

function viewSource(sandbox: Sandbox, { source, status }: PayPalOrder): object {
	if (source?.kind === 'card') return { card: viewCard(sandbox, source) }
	return { paypal: status === 'APPROVED' || status === 'COMPLETED' ? ACCOUNT : {} }
}

function viewCard({ books }: Sandbox, { authenticated, card, vaultId }: PayPalCardSource): object {
	const { expiry = '', number = '' } = books.paypalCards.get(card) ?? {}
	return {
		last_digits: number.slice(-4),
		expiry,
		brand: BRANDS[brandOf(number)] ?? 'UNKNOWN',
		type: 'CREDIT',
		...(authenticated !== null && {
			authentication_result: {
				liability_shift: authenticated ? 'POSSIBLE' : 'NO',
				three_d_secure: { enrollment_status: 'Y', authentication_status: authenticated ? 'Y' : 'N' },
			},
		}),
		...(vaultId !== null && {
			attributes: { vault: { id: vaultId, status: 'VAULTED', customer: { id: BUYER_ID } } },
		}),
	}
}

/** Where the payer's browser goes: to approve with PayPal, or to the bank of the card. */
export const payerLink = (sandbox: Sandbox, { id, source }: PayPalOrder, rel: string): Link =>
	link(sandbox, rel, source?.kind === 'card' ? `/helios?token=${id}` : `/checkoutnow?token=${id}`)

export function orderLinks(sandbox: Sandbox, order: PayPalOrder): Link[] {
	const path = `/v2/checkout/orders/${order.id}`
	const self = link(sandbox, 'self', path)
	const verb = order.intent === 'CAPTURE' ? 'capture' : 'authorize'
	const update = link(sandbox, 'update', path, 'PATCH')
	const take = link(sandbox, verb, `${path}/${verb}`, 'POST')
	switch (order.status) {
		case 'CREATED':
			return [self, payerLink(sandbox, order, 'approve'), update, take]
		case 'PAYER_ACTION_REQUIRED':
			return [self, payerLink(sandbox, order, 'payer-action')]
		case 'APPROVED':
			return [self, update, take]
		case 'COMPLETED':
			return [self]
	}
}
