// @ts-check

/** @typedef {import('./parent-window.js').Billing} Billing */

const OWNER = 'payment_method_data[billing_details]'

/**
 * @param {URLSearchParams} body
 * @param {Billing} billing
 */
export function addBilling(body, { country, email, name }) {
	if (name) body.set(`${OWNER}[name]`, name)
	if (email) body.set(`${OWNER}[email]`, email)
	if (country) body.set(`${OWNER}[address][country]`, country)
	return body
}

/**
 * Hands what was typed to the sandbox; only the token leaves this page.
 * @template {string} Name
 * @param {string} key
 * @param {URLSearchParams} body
 * @param {Record<string, Name>} fields which field a complaint about a parameter belongs to
 * @returns {Promise<{ made: any } | { message: string, field: Name | null }>}
 */
export async function postToken(key, body, fields) {
	try {
		const response = await fetch('/v1/confirmation_tokens', {
			method: 'POST',
			headers: { Authorization: `Bearer ${key}` },
			body,
		})
		const made = await response.json()
		if (!made.error) return { made }
		return { message: made.error.message, field: fields[made.error.param] ?? null }
	} catch {
		const message = 'The payment details could not be sent. Check the connection and try again.'
		return { message, field: null }
	}
}
