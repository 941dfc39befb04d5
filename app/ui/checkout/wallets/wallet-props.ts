import type { FormSource } from '../../../contracts/checkout.ts'
import type { MethodType } from '../../../domain/methods/method-terms.ts'
import type { Billing, FormToken } from '../method-form/method-form-handle.ts'

export type WalletType = Extract<MethodType, 'apple_pay' | 'google_pay' | 'link'>

/** Where the payment begun with a wallet stands: the wallet's own sheet waits to be told. */
export type WalletNews = { step: 'idle' | 'busy' | 'elsewhere' } | { step: 'failed'; message: string }

export type WalletPayment = { method: WalletType; billing: Billing; token: FormToken }

/** Both back ends take the same; `K` picks the settings of one. */
export type WalletProps<K extends FormSource['kind'] = FormSource['kind']> = {
	settings: Extract<FormSource, { kind: K }>
	wallets: readonly WalletType[]
	merchantName: string
	amount: number
	currency: string
	disabled: boolean
	news: WalletNews
	onPay: (payment: WalletPayment) => void
	/** False when this device knows none of the wallets. */
	onReady: (hasAny: boolean) => void
}
