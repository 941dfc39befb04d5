import { newId } from '../books/ids.ts'
import type { Acceptance, Debit, Mandate, PaymentMethod } from '../books/method-shapes.ts'
import type { PaymentIntent } from '../books/payment-shapes.ts'
import { missing } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { flag, nested, oneOf, required, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Call, Routes } from './call.ts'
import { publish } from './publish.ts'

/** That the payer agreed to be debited: said by the server, or by the payer's own browser about itself. */
export function readAcceptance({ client, params }: Call): Acceptance | null {
	const given = nested(nested(params, 'mandate_data') ?? {}, 'customer_acceptance')
	if (!given) return null
	required(given, 'type')
	const type = oneOf(given, 'type', ['online', 'offline']) ?? 'online'
	const online = type === 'online' ? readOnline(nested(given, 'online') ?? {}, client) : null
	return { customer_acceptance: { type, online } }
}

const readOnline = (online: Form, { address, userAgent }: Call['client']) =>
	flag(online, 'infer_from_client')
		? { ip_address: address, user_agent: userAgent }
		: { ip_address: text(online, 'ip_address') ?? null, user_agent: text(online, 'user_agent') ?? null }

/** What an earlier payment of this account was allowed for later ones as well. */
export const standingMandate = (desk: Desk, method: PaymentMethod): Mandate | undefined =>
	desk.books.mandates.of(method.id).find(({ status, type }) => status === 'active' && type === 'multi_use')

export function sign(
	desk: Desk,
	intent: PaymentIntent,
	method: PaymentMethod & Debit,
	{ customer_acceptance: { online } }: Acceptance,
): Mandate {
	const accepted_at = desk.clock.seconds()
	const id = newId('mandate')
	const lasting = intent.setup_future_usage === 'off_session'
	return desk.books.mandates.put({
		id,
		object: 'mandate',
		customer_acceptance: online
			? { accepted_at, type: 'online', online }
			: { accepted_at, type: 'offline', offline: {} },
		livemode: false,
		payment_method: method.id,
		payment_method_details:
			method.type === 'sepa_debit'
				? {
						type: 'sepa_debit',
						sepa_debit: { reference: newId('S', 15).slice(2), url: `${desk.publicUrl()}/mandates/${id}` },
					}
				: { type: 'us_bank_account', us_bank_account: {} },
		...(lasting ? { multi_use: {} } : { single_use: { amount: intent.amount, currency: intent.currency } }),
		status: 'active',
		type: lasting ? 'multi_use' : 'single_use',
	})
}

/** A debit the bank took back ends what the payer had agreed to. */
export function revoke(desk: Desk, id: string): void {
	const mandate = desk.books.mandates.get(id)
	if (mandate?.status !== 'active') return
	publish(desk, 'mandate.updated', desk.books.mandates.put({ ...mandate, status: 'inactive' }))
}

export const mandateRoutes: Routes = {
	'GET /v1/mandates/:id': (desk, call) => {
		const found = desk.books.mandates.get(call.id)
		if (!found) throw missing('mandate', call.id, 'mandate')
		return found
	},
}
