// @ts-check
import { alternatesOf } from './alternates.js'
import { digits, readExpiry } from './card-fields.js'
import { addBilling, postToken } from './post-token.js'

/** @typedef {import('./card-fields.js').FieldName} FieldName */
/** @typedef {import('./parent-window.js').ParentMessage} ParentMessage */

/** @type {Record<string, FieldName>} */
const FIELDS = { number: 'number', exp_month: 'expiry', exp_year: 'expiry', cvc: 'cvc' }

/** @param {Record<FieldName, string>} values */
function form(values) {
	const { month, year } = readExpiry(values.expiry)
	const card = 'payment_method_data[card]'
	return new URLSearchParams({
		'payment_method_data[type]': 'card',
		[`${card}[number]`]: digits(values.number),
		[`${card}[exp_month]`]: String(month),
		[`${card}[exp_year]`]: String(year),
		[`${card}[cvc]`]: digits(values.cvc),
	})
}

/**
 * @param {string} key
 * @param {Record<FieldName, string>} values
 * @param {ParentMessage} message
 * @returns {Promise<import('./form-frame.js').Answer<FieldName>>}
 */
export async function cardToken(key, values, message) {
	const { billing = {} } = message
	const [answer, alternates] = await Promise.all([
		postToken(key, addBilling(form(values), billing), FIELDS),
		message.alternates === true ? alternatesOf(values) : undefined,
	])
	if (!('made' in answer)) return answer
	const { brand, country, last4 } = answer.made.payment_method_preview.card
	const token = { id: answer.made.id, card: { brand, last4, country } }
	return alternates ? { token, alternates } : { token }
}
