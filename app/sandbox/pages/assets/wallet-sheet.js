// @ts-check
import { addBilling, postToken } from './post-token.js'
import { WALLET_CARDS } from './test-values.js'

/** @typedef {import('./parent-window.js').Billing} Billing */
/** @typedef {{ total: string, merchant: string, billing: Billing }} Payment */

/** Who pays, as the wallets know it, where the shop does not say. */
const OWNER = { name: 'Willa Wallet', email: 'willa@sandbox.example' }

/** A shop that has said nothing for so long will not say anything. */
const SILENT_AFTER_MS = 60_000

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id))
const choice = /** @type {HTMLSelectElement} */ (part('card'))
const pay = /** @type {HTMLButtonElement} */ (part('pay'))
const cancel = /** @type {HTMLButtonElement} */ (part('cancel'))

choice.append(
	...WALLET_CARDS.map(
		([number, does]) => new Option(`•••• ${number.slice(-4)}: ${does.toLowerCase()}`, number),
	),
)

/**
 * @param {string} type
 * @param {Billing} billing
 */
function form(type, billing) {
	const wallet = 'payment_method_data[sandbox_wallet]'
	const body = new URLSearchParams({ [`${wallet}[type]`]: type, [`${wallet}[number]`]: choice.value })
	return addBilling(body, billing)
}

/**
 * The stand-in for the wallet's own sheet, in the place of the buttons until it is closed.
 * @param {string} wallet
 * @param {string} title
 * @param {Payment} payment
 * @param {{ key: string, passesCardOn: boolean, paid: (token: object) => void, closed: () => void }} shop
 */
export function openSheet(wallet, title, payment, { closed, key, paid, passesCardOn }) {
	const line = part('status')
	const listeners = new AbortController()
	let current = payment
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let silence

	/** @param {Payment} next */
	function show(next) {
		current = next
		part('merchant').textContent = next.merchant || 'The shop'
		part('total').textContent = next.total || 'Shown by the shop'
		pay.textContent = next.total ? `Pay ${next.total}` : 'Pay'
	}

	/** @param {boolean} busy */
	function wait(busy) {
		for (const control of [choice, pay, cancel]) control.disabled = busy
	}

	function close() {
		clearTimeout(silence)
		listeners.abort()
		part('sheet').hidden = true
		part('wallets').hidden = false
		closed()
	}

	async function submit() {
		wait(true)
		line.textContent = 'Sending the payment to the shop…'
		const owner = { ...OWNER, ...current.billing }
		const type = wallet === 'link' && passesCardOn ? 'link_card' : wallet
		const answer = await postToken(key, form(type, owner), {})
		if (!('made' in answer)) return finish(false, answer.message)
		const { card, link, type: method } = answer.made.payment_method_preview
		const details = card ? { brand: card.brand, last4: card.last4, country: card.country } : undefined
		const payer = { name: owner.name, email: owner.email }
		silence = setTimeout(giveUp, SILENT_AFTER_MS)
		paid({ id: answer.made.id, type: method, ...(details ? { card: details } : { link }), payer })
	}

	function giveUp() {
		cancel.disabled = false
		line.textContent = 'The shop has not said how the payment went. Look there before you pay again.'
	}

	/**
	 * The shop tells how the payment went.
	 * @param {boolean} succeeded
	 * @param {string} [message]
	 */
	function finish(succeeded, message) {
		clearTimeout(silence)
		if (succeeded) return close()
		wait(false)
		line.textContent = message ?? 'The payment did not go through. Nothing was paid.'
		pay.focus()
	}

	const { signal } = listeners
	pay.addEventListener('click', () => void submit(), { signal })
	cancel.addEventListener('click', close, { signal })
	const escape = (/** @type {KeyboardEvent} */ event) => {
		if (event.key === 'Escape' && !cancel.disabled) close()
	}
	document.addEventListener('keydown', escape, { signal })

	part('sheet-title').textContent = title
	line.textContent = ''
	wait(false)
	show(payment)
	part('wallets').hidden = true
	part('sheet').hidden = false
	choice.focus()
	return { close, finish, show }
}
