// @ts-check
import { parentWindow, tellHeight } from './parent-window.js'

/** @typedef {import('./parent-window.js').ParentMessage} ParentMessage */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/**
 * @template {string} Name
 * @typedef {{ token: object, alternates?: object } | { message: string, field: Name | null }} Answer
 */

const query = new URLSearchParams(window.location.search)
export const key = query.get('pk') ?? ''
export const parent = new URL(query.get('parent') ?? window.location.origin).origin

/**
 * A form in a frame: it checks as one types, and hands a token to the parent when the parent asks for one.
 * @template {string} Name
 * @param {object} form
 * @param {Name[]} form.names from top to bottom
 * @param {(name: Name, text: string) => string} form.format
 * @param {(name: Name, text: string) => string | null} form.problem a plain sentence about what is wrong, or null
 * @param {() => object} [form.about] what a change tells beside its completeness
 * @param {(message: ParentMessage) => Promise<Answer<Name>>} form.send
 */
export function formFrame({ about = () => ({}), format, names, problem, send }) {
	const fields = /** @type {Record<Name, Field>} */ (
		Object.fromEntries(names.map((name) => [name, document.getElementById(name)]))
	)
	const tell = parentWindow(parent, (message) => {
		if (message.type === 'focus') fields[/** @type {Name} */ (names[0])].focus()
		if (message.type === 'prefill') prefill(message.billing ?? {})
		if (message.type === 'submit') void submit(message)
	})

	/** @param {Name} name */
	const wrong = (name) => problem(name, fields[name].value)

	/**
	 * @param {Name} name
	 * @param {string | null} message
	 */
	function show(name, message) {
		fields[name].setAttribute('aria-invalid', String(message !== null))
		const line = document.getElementById(`${name}-error`)
		if (line) line.textContent = message ?? ''
	}

	function report() {
		const shown = names.find((name) => fields[name].getAttribute('aria-invalid') === 'true')
		tell({
			type: 'change',
			complete: names.every((name) => wrong(name) === null),
			...about(),
			error: shown ? wrong(shown) : null,
		})
	}

	/** What the parent knows of the payer fills the fields that are still empty. */
	function prefill(/** @type {Record<string, string | undefined>} */ billing) {
		for (const name of names) {
			const known = billing[name]
			if (known && fields[name].value === '') fields[name].value = format(name, known)
		}
		report()
	}

	/** @param {Partial<Record<Name, string>>} values */
	function fill(values) {
		for (const name of names) {
			const value = values[name]
			if (value !== undefined) fields[name].value = format(name, value)
			show(name, null)
		}
		report()
	}

	/** Formats while typing, but leaves the text alone when the caret is inside it. */
	function listen(/** @type {Name} */ name) {
		const field = fields[name]
		field.addEventListener('input', (event) => {
			const deleting = event instanceof InputEvent && event.inputType.startsWith('delete')
			const atEnd = field instanceof HTMLInputElement && field.selectionStart === field.value.length
			if (!deleting && atEnd) field.value = format(name, field.value)
			if (wrong(name) === null) show(name, null)
			report()
		})
		field.addEventListener('blur', () => {
			field.value = format(name, field.value)
			show(name, field.value === '' ? null : wrong(name))
			report()
		})
		field.addEventListener('keydown', (event) => {
			if (/** @type {KeyboardEvent} */ (event).key === 'Enter') tell({ type: 'submit-request' })
		})
	}

	/** @param {ParentMessage} message */
	async function submit(message) {
		const { requestId } = message
		for (const name of names) show(name, wrong(name))
		report()
		const first = names.find((name) => wrong(name) !== null)
		if (first) return refuse(requestId, wrong(first), first)
		const answer = await send(message)
		if ('token' in answer) return tell({ type: 'token', requestId, ...answer })
		if (answer.field) show(answer.field, answer.message)
		return refuse(requestId, answer.message, answer.field)
	}

	/**
	 * @param {string | undefined} requestId
	 * @param {string | null} message
	 * @param {Name | null} field
	 */
	function refuse(requestId, message, field) {
		if (field) fields[field].focus()
		tell({ type: 'error', requestId, message, field })
	}

	for (const name of names) listen(name)
	return {
		fill,
		/** @param {Name} name */
		text: (name) => fields[name].value,
		start() {
			tellHeight(tell)
			tell({ type: 'ready' })
		},
	}
}
