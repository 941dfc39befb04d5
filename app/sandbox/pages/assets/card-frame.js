// @ts-check
import { brandOf, digits, formatExpiry, formatNumber, problem } from './card-fields.js'
import { createToken } from './create-token.js'
import { parentWindow } from './parent-window.js'
import { offerTestCards } from './test-cards.js'

/** @typedef {import('./card-fields.js').FieldName} FieldName */

const query = new URLSearchParams(window.location.search)
const key = query.get('pk') ?? ''
const parent = new URL(query.get('parent') ?? window.location.origin).origin

/** @param {string} id */
const input = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id))
/** @type {FieldName[]} */
const NAMES = ['number', 'expiry', 'cvc']
const fields = { number: input('number'), expiry: input('expiry'), cvc: input('cvc') }

/** @type {Record<FieldName, (text: string) => string>} */
const FORMATS = {
	number: formatNumber,
	expiry: formatExpiry,
	cvc: (text) => digits(text).slice(0, brandOf(fields.number.value).cvc),
}

const tell = parentWindow(parent, (message) => {
	if (message.type === 'focus') fields.number.focus()
	if (message.type === 'submit') void submit(message.requestId, message.billing ?? {})
})

/** @param {FieldName} name */
const wrong = (name) => problem(name, fields[name].value, fields.number.value)

/**
 * @param {FieldName} name
 * @param {string | null} message
 */
function show(name, message) {
	fields[name].setAttribute('aria-invalid', String(message !== null))
	const line = document.getElementById(`${name}-error`)
	if (line) line.textContent = message ?? ''
}

function report() {
	const { brand, title } = brandOf(fields.number.value)
	const badge = document.getElementById('brand')
	if (badge) badge.textContent = title
	const shown = NAMES.find((name) => fields[name].getAttribute('aria-invalid') === 'true')
	tell({
		type: 'change',
		complete: NAMES.every((name) => wrong(name) === null),
		brand,
		error: shown ? wrong(shown) : null,
	})
}

/** Formats while typing, but leaves the text alone when the caret is inside it. */
for (const name of NAMES) {
	const field = fields[name]
	field.addEventListener('input', (event) => {
		const deleting = event instanceof InputEvent && event.inputType.startsWith('delete')
		if (!deleting && field.selectionStart === field.value.length) field.value = FORMATS[name](field.value)
		if (wrong(name) === null) show(name, null)
		report()
	})
	field.addEventListener('blur', () => {
		field.value = FORMATS[name](field.value)
		show(name, field.value === '' ? null : wrong(name))
		report()
	})
	field.addEventListener('keydown', (event) => {
		if (event.key === 'Enter') tell({ type: 'submit-request' })
	})
}

/**
 * @param {string | undefined} requestId
 * @param {{ name?: string, email?: string, country?: string }} billing
 */
async function submit(requestId, billing) {
	for (const name of NAMES) show(name, wrong(name))
	report()
	const first = NAMES.find((name) => wrong(name) !== null)
	if (first) return refuse(requestId, wrong(first), first)
	const { cvc, expiry, number } = fields
	const values = { number: number.value, expiry: expiry.value, cvc: cvc.value }
	const answer = await createToken(key, values, billing)
	if ('token' in answer) return tell({ type: 'token', requestId, token: answer.token })
	if (answer.field) show(answer.field, answer.message)
	return refuse(requestId, answer.message, answer.field)
}

/**
 * @param {string | undefined} requestId
 * @param {string | null} message
 * @param {FieldName | null} field
 */
function refuse(requestId, message, field) {
	if (field) fields[field].focus()
	tell({ type: 'error', requestId, message, field })
}

offerTestCards(/** @type {Element} */ (document.getElementById('test-cards')), (number) => {
	fields.number.value = formatNumber(number)
	fields.expiry.value = `12 / ${String(new Date().getFullYear() + 2).slice(-2)}`
	fields.cvc.value = '1'.repeat(brandOf(number).cvc)
	for (const name of NAMES) show(name, null)
	report()
})

new ResizeObserver(() => {
	tell({ type: 'resize', height: Math.ceil(document.documentElement.getBoundingClientRect().height) })
}).observe(document.documentElement)
tell({ type: 'ready' })
