// @ts-check
import { digits, readExpiry } from './card-fields.js'

/** Longer than this nobody's payment waits for a second gateway. */
const PATIENCE_MS = 2_000

/**
 * The same card for the other gateways this sandbox plays, so that a payment can go to one of them if the first
 * is out. A gateway that is not played here, or does not answer, is left out.
 * @param {Record<import('./card-fields.js').FieldName, string>} values
 * @returns {Promise<{ paypal: string } | undefined>}
 */
export async function alternatesOf(values) {
	const { month, year } = readExpiry(values.expiry)
	const card = {
		number: digits(values.number),
		exp_month: month,
		exp_year: year,
		cvc: digits(values.cvc),
	}
	try {
		const response = await fetch('/paypal/sandbox/card-tokens', {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(card),
			signal: AbortSignal.timeout(PATIENCE_MS),
		})
		const { single_use_token: paypal } = await response.json()
		return response.ok && typeof paypal === 'string' ? { paypal } : undefined
	} catch {
		return undefined
	}
}
