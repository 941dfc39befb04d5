import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js'
import type { StripeElementsOptions } from '@stripe/stripe-js'
import { forwardRef, useImperativeHandle, useMemo } from 'react'
import type { MethodFormHandle, MethodFormProps } from './method-form-handle.ts'
import { isDarkPage } from './page-theme.ts'
import { useStripeScript } from './use-stripe-script.ts'

/** Deferred intent: the form knows method, amount and currency, and the server makes the intent with its own. */
export const StripeForm = forwardRef<MethodFormHandle, MethodFormProps<'stripe'>>(
	function StripeForm(props, ref) {
		const { settings, method, amount, currency, onFailure } = props
		const stripe = useStripeScript(settings.publishableKey, onFailure)
		const options = useMemo(
			(): StripeElementsOptions => ({
				mode: 'payment',
				amount,
				currency: currency.toLowerCase(),
				allowedPaymentMethodTypes: [method],
				appearance: { theme: isDarkPage() ? 'night' : 'stripe' },
			}),
			[method, amount, currency],
		)
		if (!stripe) return null
		return (
			<Elements stripe={stripe} options={options}>
				<StripeFields {...props} ref={ref} />
			</Elements>
		)
	},
)

const StripeFields = forwardRef<MethodFormHandle, MethodFormProps<'stripe'>>(
	function StripeFields(props, ref) {
		const stripe = useStripe()
		const elements = useElements()

		useImperativeHandle(
			ref,
			() => ({
				createToken: async ({ email, name }) => {
					if (!stripe || !elements) return refused()
					const { error: incomplete } = await elements.submit()
					if (incomplete) return refused(incomplete.message)
					const { error, confirmationToken } = await stripe.createConfirmationToken({
						elements,
						params: {
							payment_method_data: {
								billing_details: { ...(email && { email }), ...(name && { name }) },
							},
						},
					})
					return confirmationToken
						? { ok: true, confirmationToken: confirmationToken.id }
						: refused(error?.message)
				},
				focus: () => elements?.getElement('payment')?.focus(),
			}),
			[stripe, elements],
		)

		return (
			<PaymentElement
				options={{
					layout: 'tabs',
					fields: { billingDetails: { name: 'never', email: 'never' } },
					wallets: { applePay: 'never', googlePay: 'never' },
					// The page shows the mandate itself, next to the button that accepts it.
					terms: { sepaDebit: 'never', usBankAccount: 'never' },
				}}
				onReady={props.onReady}
				onLoadError={props.onFailure}
			/>
		)
	},
)

const refused = (message = 'The form is not ready. Try again.') => ({ ok: false as const, message })
