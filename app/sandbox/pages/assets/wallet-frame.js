// @ts-check
import { key, parent } from './form-frame.js'
import { parentWindow, tellHeight } from './parent-window.js'
import { openSheet } from './wallet-sheet.js'

const query = new URLSearchParams(window.location.search)

/** What the sheet shows of the payment, in the parent's own words. */
const payment = {
	total: query.get('total') ?? '',
	merchant: query.get('merchant') ?? '',
	/** @type {import('./parent-window.js').Billing} */
	billing: {},
}

const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('[data-wallet]'))

/** @type {ReturnType<typeof openSheet> | undefined} */
let sheet

const tell = parentWindow(parent, (message) => {
	if (message.type === 'focus') buttons[0]?.focus()
	if (message.type === 'update') update(message)
	if (message.type === 'result') sheet?.finish(message.outcome === 'succeeded', message.message)
	if (message.type === 'close') sheet?.close()
})

/** @param {import('./parent-window.js').ParentMessage} message */
function update({ billing, disabled, merchant, total }) {
	if (total !== undefined) payment.total = total
	if (merchant !== undefined) payment.merchant = merchant
	if (billing !== undefined) payment.billing = billing
	if (disabled !== undefined) for (const button of buttons) button.disabled = disabled
	sheet?.show(payment)
}

for (const button of buttons) {
	button.addEventListener('click', () => {
		const wallet = button.dataset['wallet'] ?? ''
		tell({ type: 'wallet-open', wallet })
		sheet = openSheet(wallet, button.dataset['title'] ?? '', payment, {
			key,
			passesCardOn: query.get('link') === 'card',
			paid: (token) => tell({ type: 'wallet-token', wallet, token }),
			closed() {
				sheet = undefined
				button.focus()
				tell({ type: 'wallet-close', wallet })
			},
		})
	})
}

tellHeight(tell)
tell({ type: 'ready' })
