// @ts-check
import { brandOf, digits, formatExpiry, formatNumber, problem } from './card-fields.js'
import { cardToken } from './card-token.js'
import { formFrame, key } from './form-frame.js'
import { CARDS, offerValues } from './test-values.js'

/** @typedef {import('./card-fields.js').FieldName} FieldName */

/** @type {Record<FieldName, (text: string) => string>} */
const FORMATS = {
	number: formatNumber,
	expiry: formatExpiry,
	cvc: (text) => digits(text).slice(0, brandOf(form.text('number')).cvc),
}

/** @type {ReturnType<typeof formFrame<FieldName>>} */
const form = formFrame({
	names: ['number', 'expiry', 'cvc'],
	format: (name, text) => FORMATS[name](text),
	problem: (name, text) => problem(name, text, form.text('number')),
	about() {
		const { brand, title } = brandOf(form.text('number'))
		const badge = document.getElementById('brand')
		if (badge) badge.textContent = title
		return { brand }
	},
	send: (message) =>
		cardToken(
			key,
			{ number: form.text('number'), expiry: form.text('expiry'), cvc: form.text('cvc') },
			message,
		),
})

offerValues('test card', CARDS, (number) => {
	form.fill({
		number,
		expiry: `12 / ${String(new Date().getFullYear() + 2).slice(-2)}`,
		cvc: '1'.repeat(brandOf(number).cvc),
	})
})
form.start()
