import type { Reply } from '../http/message.ts'
import { choice, frame, notAsked } from './frame.ts'

const TITLES = { apple_pay: 'Apple Pay', google_pay: 'Google Pay', link: 'Link' }
type WalletName = keyof typeof TITLES
const isWallet = (name: string): name is WalletName => Object.hasOwn(TITLES, name)

const button = (name: WalletName) =>
	`<button type="button" data-wallet="${name}" data-title="${TITLES[name]}">${TITLES[name]} <small>sandbox stand-in</small></button>`

const SHEET = `<section class="sheet" id="sheet" aria-labelledby="sheet-title" hidden>
<h1 id="sheet-title"></h1>
<p class="quiet">The sandbox stands in for the wallet. No wallet is opened and no money moves.</p>
<dl>
<dt>To</dt><dd id="merchant"></dd>
<dt>Total</dt><dd id="total"></dd>
</dl>
${choice('card', 'Pay with test card', [])}
<p class="quiet" id="status" role="status"></p>
<div class="pair">
<button type="button" id="cancel">Cancel</button>
<button type="button" id="pay" class="primary">Pay</button>
</div>
</section>`

/** Buttons of wallets and the sheet that opens from them; `wallets` picks which. */
export function walletFrame(query: URLSearchParams): Reply {
	const asked = query.get('wallets')?.split(',') ?? Object.keys(TITLES)
	const names = asked.filter(isWallet)
	if (names.length === 0 || names.length < asked.length) {
		return notAsked('wallets', `a list of ${Object.keys(TITLES).join(', ')}`)
	}
	return frame(query, {
		title: 'Wallets',
		styles: ['frame.css', 'wallet-frame.css'],
		script: 'wallet-frame.js',
		body: `<main>
<div class="wallets" id="wallets" role="group" aria-label="Pay with a wallet">
${names.map(button).join('\n')}
</div>
${SHEET}
</main>`,
	})
}
