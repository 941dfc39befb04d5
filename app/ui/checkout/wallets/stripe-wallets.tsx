import { Elements, ExpressCheckoutElement, useElements, useStripe } from '@stripe/react-stripe-js'
import type { StripeElementsOptions, StripeExpressCheckoutElementConfirmEvent } from '@stripe/stripe-js'
import { useMemo } from 'react'
import { isDarkPage } from '../method-form/page-theme.ts'
import { useStripeScript } from '../method-form/use-stripe-script.ts'
import type { WalletProps, WalletType } from './wallet-props.ts'

const TYPES: Readonly<Record<string, WalletType>> = {
	apple_pay: 'apple_pay',
	google_pay: 'google_pay',
	link: 'link',
}

/** Stripe shows what the device, the browser and the account allow, and nothing else. */
export function StripeWallets(props: WalletProps<'stripe'>) {
	const { settings, amount, currency, onReady } = props
	const stripe = useStripeScript(settings.publishableKey, () => onReady(false))
	const options = useMemo(
		(): StripeElementsOptions => ({
			mode: 'payment',
			amount,
			currency: currency.toLowerCase(),
			allowedPaymentMethodTypes: ['card', 'link'],
			appearance: { theme: isDarkPage() ? 'night' : 'stripe' },
		}),
		[amount, currency],
	)
	if (!stripe) return null
	return (
		<Elements stripe={stripe} options={options}>
			<Buttons {...props} />
		</Elements>
	)
}

function Buttons({ wallets, merchantName, disabled, onPay, onReady }: WalletProps<'stripe'>) {
	const stripe = useStripe()
	const elements = useElements()
	const may = (wallet: WalletType) => (wallets.includes(wallet) ? 'auto' : 'never')

	async function confirm(event: StripeExpressCheckoutElementConfirmEvent) {
		const method = TYPES[event.expressPaymentType]
		if (!stripe || !elements || !method || disabled) return event.paymentFailed({ reason: 'fail' })
		const { error: incomplete } = await elements.submit()
		if (incomplete) return event.paymentFailed({ reason: 'invalid_payment_data' })
		const { error, confirmationToken } = await stripe.createConfirmationToken({ elements })
		if (error)
			return event.paymentFailed({ reason: 'fail', ...(error.message && { message: error.message }) })
		const { email, name } = event.billingDetails ?? {}
		onPay({
			method,
			billing: { ...(email && { email }), ...(name && { name }) },
			token: { ok: true, confirmationToken: confirmationToken.id },
		})
	}

	return (
		<ExpressCheckoutElement
			options={{
				buttonHeight: 48,
				emailRequired: true,
				business: { name: merchantName },
				paymentMethods: {
					applePay: may('apple_pay'),
					googlePay: may('google_pay'),
					link: may('link'),
					amazonPay: 'never',
					paypal: 'never',
					klarna: 'never',
				},
			}}
			onReady={({ availablePaymentMethods }) => onReady(availablePaymentMethods !== undefined)}
			onLoadError={() => onReady(false)}
			onConfirm={confirm}
		/>
	)
}
