import type { IncomingMessage } from 'node:http'
import { passesLuhn } from '../cards/number.ts'
import { isTestNumber } from '../cards/test-ids.ts'
import { newId } from '../books/ids.ts'
import { json, readBody, type Reply } from '../http/message.ts'
import type { Desk } from '../sandbox.ts'
import { PayPalError, refused } from './errors.ts'
import { newPayPalId } from './ids.ts'
import { type At, parseBody, syntax } from './read.ts'

/**
 * `POST /paypal/sandbox/card-tokens`, by the sandbox's own card page: what PayPal's hosted fields do between
 * themselves. The answer carries no CORS header, so no other site's script can read one.
 */
export async function cardTokens(desk: Desk, request: IncomingMessage): Promise<Reply> {
	const body = await readBody(request)
	const debugId = newPayPalId(13).toLowerCase()
	try {
		checkCaller(request)
		const single_use_token = newId('sut')
		desk.books.paypalCards.put({
			id: single_use_token,
			...readCard(desk, parseBody(body)),
			singleUse: true,
			spentBy: null,
		})
		return json({ single_use_token }, 201)
	} catch (error) {
		if (error instanceof PayPalError) return error.reply(debugId)
		throw error
	}
}

/** JSON cannot be sent across sites without asking first, and nobody here says yes. */
function checkCaller({ headers, method }: IncomingMessage): void {
	const { host, origin } = headers
	const foreign = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)
	if (method === 'POST' && !foreign && headers['content-type']?.startsWith('application/json')) return
	throw new PayPalError('NOT_AUTHORIZED', [
		{ issue: 'PERMISSION_DENIED', description: 'Cards are sent as JSON from the pages of the sandbox.' },
	])
}

function readCard(desk: Desk, body: At): { number: string; expiry: string } {
	const number = digits(body, 'number').replaceAll(/[\s-]/g, '')
	if (!passesLuhn(number)) {
		throw refused('INVALID_CARD_NUMBER', 'Your card number is incorrect.', '/number')
	}
	if (!isTestNumber(number)) {
		throw refused(
			'TEST_CARD_REQUIRED',
			'The sandbox takes test cards only, such as 4242 4242 4242 4242.',
			'/number',
		)
	}
	if (!/^\d{3,4}$/.test(digits(body, 'cvc'))) {
		throw refused('INVALID_SECURITY_CODE_LENGTH', 'Your card’s security code is invalid.', '/cvc')
	}
	return { number, expiry: readExpiry(desk, body) }
}

function readExpiry(desk: Desk, body: At): string {
	const month = Number(digits(body, 'exp_month'))
	const short = Number(digits(body, 'exp_year'))
	const year = short < 100 ? 2000 + short : short
	if (!Number.isInteger(month) || month < 1 || month > 12) throw syntax('/exp_month')
	const today = new Date(desk.clock.now())
	if (!Number.isInteger(year) || year > today.getUTCFullYear() + 50) throw syntax('/exp_year')
	if (Date.UTC(year, month) <= today.getTime()) {
		throw refused('CARD_EXPIRED', 'The card is expired.', '/exp_year')
	}
	return `${year}-${String(month).padStart(2, '0')}`
}

/** A page may send what was typed as it is, or as a number. */
function digits({ fields }: At, name: string): string {
	const value = fields[name]
	if (typeof value === 'number') return String(value)
	if (typeof value !== 'string' || value === '') throw syntax(`/${name}`)
	return value
}
