import type Stripe from 'stripe'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import type { ChargeRequest } from '../../domain/payments/ports.ts'
import { toWire } from './wire-amount.server.ts'

/** The parts of a charge that tell what became of the money. */
export const EXPAND = ['latest_charge.balance_transaction']

/** A confirmation token comes from the browser's form and works once; anything else is a stored method. */
export const isConfirmationToken = (method: string): boolean => method.startsWith('ctoken_')

type Debit = Extract<MethodType, 'us_bank_account' | 'sepa_debit'>

const isDebit = (type: MethodType | null): type is Debit =>
	type === 'us_bank_account' || type === 'sepa_debit'

/** A form's token brings the mandate the payer gave on the page; for a stored account it was given when it was kept. */
const needsMandate = ({ method, methodType }: ChargeRequest): boolean =>
	isDebit(methodType) && !isConfirmationToken(method)

/** The call that creates and confirms in one. A wallet's card is a card; Link may be one or a kind of its own. */
export function intentParams(request: ChargeRequest): Stripe.PaymentIntentCreateParams {
	const { method, methodType } = request
	return {
		amount: toWire(request.amountMinor, request.currency),
		currency: request.currency,
		confirm: true,
		capture_method: request.capture,
		allowed_payment_method_types: isDebit(methodType)
			? [methodType]
			: methodType === 'link'
				? ['card', 'link']
				: ['card'],
		return_url: request.returnUrl,
		metadata: { payment_id: request.paymentId, attempt_id: request.attemptId },
		expand: EXPAND,
		...(isConfirmationToken(method) ? { confirmation_token: method } : { payment_method: method }),
		...(needsMandate(request) && {
			mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
		}),
		...(request.description !== null && { description: request.description }),
		...(request.receiptEmail !== null && { receipt_email: request.receiptEmail }),
	}
}
