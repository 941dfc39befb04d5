import type { Billing } from '../books/method-shapes.ts'
import { passesLuhn } from '../cards/number.ts'
import { isTestNumber, numberBehind } from '../cards/test-ids.ts'
import { ApiError, invalid } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { nested, required, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Call } from './call.ts'
import { keepCard, testCard } from './cards.ts'
import { NO_BILLING } from './methods.ts'

function cardError(message: string, param: string, code: string, decline?: string): ApiError {
	const decline_code = decline === undefined ? {} : { decline_code: decline }
	return new ApiError(402, { type: 'card_error', message, param, code, ...decline_code })
}

/** A card from a request: typed in by a browser, or named by a test id with the secret key. */
export function readCard(desk: Desk, call: Call, card: Form, billing: Billing) {
	const token = text(card, 'token')
	if (token !== undefined) {
		const number = numberBehind(token)
		if (number === undefined) throw invalid(`No such token: '${token}'`, 'card[token]', 'resource_missing')
		return testCard(desk, number)
	}
	if (!call.fromBrowser) {
		throw invalid(
			'Card numbers are taken only from the card frame, with the publishable key. Use a test id such as pm_card_visa.',
			'card[number]',
		)
	}
	const number = required(card, 'number').replaceAll(/[\s-]/g, '')
	const { month, year } = checkExpiry(desk, card)
	checkNumber(number)
	const cvc = text(card, 'cvc')
	if (cvc !== undefined && !/^\d{3,4}$/.test(cvc)) {
		throw cardError("Your card's security code is invalid.", 'cvc', 'invalid_cvc')
	}
	return keepCard(desk, {
		number,
		expMonth: month,
		expYear: year,
		hasCvc: cvc !== undefined,
		postalCode: billing.address.postal_code,
	})
}

function checkNumber(number: string): void {
	if (!passesLuhn(number)) throw cardError('Your card number is incorrect.', 'number', 'incorrect_number')
	if (isTestNumber(number)) return
	throw cardError(
		'Your card was declined. The sandbox takes test cards only, such as 4242 4242 4242 4242.',
		'number',
		'card_declined',
		'test_mode_live_card',
	)
}

function checkExpiry(desk: Desk, card: Form): { month: number; year: number } {
	const month = Number(required(card, 'exp_month'))
	const short = Number(required(card, 'exp_year'))
	const year = short < 100 ? 2000 + short : short
	const today = new Date(desk.clock.now())
	if (!Number.isInteger(month) || month < 1 || month > 12) {
		throw cardError("Your card's expiration month is invalid.", 'exp_month', 'invalid_expiry_month')
	}
	const endsBefore = Date.UTC(year, month)
	if (!Number.isInteger(year) || endsBefore <= today.getTime() || year > today.getUTCFullYear() + 50) {
		throw cardError("Your card's expiration year is invalid.", 'exp_year', 'invalid_expiry_year')
	}
	return { month, year }
}

export function readBilling(form: Form | undefined): Billing {
	if (!form) return NO_BILLING
	const address = nested(form, 'address') ?? {}
	return {
		address: {
			city: orNull(address, 'city'),
			country: orNull(address, 'country'),
			line1: orNull(address, 'line1'),
			line2: orNull(address, 'line2'),
			postal_code: orNull(address, 'postal_code'),
			state: orNull(address, 'state'),
		},
		email: orNull(form, 'email'),
		name: orNull(form, 'name'),
		phone: orNull(form, 'phone'),
		tax_id: null,
	}
}

const orNull = (form: Form, name: string): string | null => text(form, name) ?? null
