import type { CheckoutState } from '../checkout-state.ts'
import type { StatusWords } from '../status-words.ts'
import type { WalletNews } from './wallet-props.ts'

/** What the open sheet of a wallet is told of its payment. */
export function walletNews(state: CheckoutState, words: StatusWords): WalletNews {
	switch (state.phase) {
		case 'editing':
			return words.tone === 'bad'
				? { step: 'failed', message: `${words.title} ${words.detail}` }
				: { step: 'idle' }
		case 'authenticating':
			return { step: 'elsewhere' }
		default:
			return { step: 'busy' }
	}
}
