// @ts-check
import { addBilling, postToken } from './post-token.js'

/** @typedef {import('./bank-fields.js').FieldName} FieldName */

/** @type {Record<string, FieldName>} */
const FIELDS = {
	'sepa_debit[iban]': 'iban',
	'us_bank_account[routing_number]': 'routing',
	'us_bank_account[account_number]': 'account',
	'billing_details[name]': 'name',
	'billing_details[email]': 'email',
}

/**
 * @param {'sepa_debit' | 'us_bank_account'} type
 * @param {(field: FieldName) => string} text
 */
function form(type, text) {
	const bank = `payment_method_data[${type}]`
	const agreed = 'mandate_data[customer_acceptance]'
	/** @type {Record<string, string>} */
	const account =
		type === 'sepa_debit'
			? { [`${bank}[iban]`]: text('iban') }
			: {
					[`${bank}[routing_number]`]: text('routing'),
					[`${bank}[account_number]`]: text('account'),
					[`${bank}[account_holder_type]`]: text('holder'),
					[`${bank}[account_type]`]: text('kind'),
				}
	return new URLSearchParams({
		'payment_method_data[type]': type,
		...account,
		[`${agreed}[type]`]: 'online',
		[`${agreed}[online][infer_from_client]`]: 'true',
	})
}

/**
 * @param {string} key
 * @param {'sepa_debit' | 'us_bank_account'} type
 * @param {(field: FieldName) => string} text
 * @param {import('./parent-window.js').ParentMessage & { asksPayer: boolean }} message
 * @returns {Promise<import('./form-frame.js').Answer<FieldName>>}
 */
export async function bankToken(key, type, text, { asksPayer, billing = {}, mandateAccepted }) {
	if (mandateAccepted !== true) {
		return { message: 'Agree to the debit before you pay.', field: null }
	}
	const payer = asksPayer ? { name: text('name').trim(), email: text('email').trim() } : billing
	const answer = await postToken(key, addBilling(form(type, text), { ...billing, ...payer }), FIELDS)
	if (!('made' in answer)) return answer
	const { bank_code, bank_name, country, last4 } = answer.made.payment_method_preview[type]
	const bank = type === 'sepa_debit' ? { last4, country, bank_code } : { last4, bank_name }
	return { token: { id: answer.made.id, type, [type]: bank, payer } }
}
