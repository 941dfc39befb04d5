// @ts-check
import { digits, readExpiry } from './card-fields.js'

/** @typedef {import('./card-fields.js').FieldName} FieldName */

/** @type {Record<string, FieldName>} */
const FIELDS = { number: 'number', exp_month: 'expiry', exp_year: 'expiry', cvc: 'cvc' }

/**
 * @param {Record<FieldName, string>} values
 * @param {{ name?: string, email?: string, country?: string }} billing
 */
function form(values, billing) {
	const { month, year } = readExpiry(values.expiry)
	const card = 'payment_method_data[card]'
	const owner = 'payment_method_data[billing_details]'
	const body = new URLSearchParams({
		'payment_method_data[type]': 'card',
		[`${card}[number]`]: digits(values.number),
		[`${card}[exp_month]`]: String(month),
		[`${card}[exp_year]`]: String(year),
		[`${card}[cvc]`]: digits(values.cvc),
	})
	if (billing.name) body.set(`${owner}[name]`, billing.name)
	if (billing.email) body.set(`${owner}[email]`, billing.email)
	if (billing.country) body.set(`${owner}[address][country]`, billing.country)
	return body
}

/**
 * Hands the card to the sandbox; only the token leaves this page.
 * @param {string} key
 * @param {Record<FieldName, string>} values
 * @param {{ name?: string, email?: string, country?: string }} billing
 * @returns {Promise<{ token: object } | { message: string, field: FieldName | null }>}
 */
export async function createToken(key, values, billing) {
	try {
		const response = await fetch('/v1/confirmation_tokens', {
			method: 'POST',
			headers: { Authorization: `Bearer ${key}` },
			body: form(values, billing),
		})
		const answer = await response.json()
		if (answer.error) return { message: answer.error.message, field: FIELDS[answer.error.param] ?? null }
		const { brand, country, last4 } = answer.payment_method_preview.card
		return { token: { id: answer.id, card: { brand, last4, country } } }
	} catch {
		return { message: 'The card could not be sent. Check the connection and try again.', field: null }
	}
}
