import type { PayPalTransaction } from '../books/paypal-shapes.ts'
import { money } from './money.ts'
import { MERCHANT } from './parties.ts'
import { written } from './times.ts'

/** `transaction_info` of Transaction Search. */
export function viewTransaction(row: PayPalTransaction): object {
	const { amount, code, created, custom, fee, id, invoice, reference, subject } = row
	const at = written(created).replace('Z', '+0000')
	return {
		paypal_account_id: MERCHANT.merchant_id,
		transaction_id: id,
		...(reference !== null && { paypal_reference_id: reference, paypal_reference_id_type: 'TXN' }),
		transaction_event_code: code,
		transaction_initiation_date: at,
		transaction_updated_date: at,
		transaction_amount: money(amount),
		...(fee !== 0 && { fee_amount: money({ currency: amount.currency, minor: fee }) }),
		transaction_status: 'S',
		...(subject !== null && { transaction_subject: subject }),
		...(invoice !== null && { invoice_id: invoice }),
		...(custom !== null && { custom_field: custom }),
		protection_eligibility: '02',
	}
}
