import {
	DISPATCH_ACTION,
	PayPalButtons,
	PayPalScriptProvider,
	usePayPalScriptReducer,
	type ReactPayPalScriptOptions,
} from '@paypal/react-paypal-js'
import { useEffect, useRef, useState } from 'react'
import { pageNonce } from '../../kit/nonce.tsx'
import type { PayPalButtonProps } from './paypal-props.ts'

/**
 * PayPal's own button and window. The order is made by our server, like every payment; the window only asks the payer.
 * What the window says is never taken for the outcome: that is read from PayPal by the server.
 */
export function PayPalButton(props: PayPalButtonProps) {
	const { clientId } = props
	const currency = props.currency.toUpperCase()
	const [options] = useState((): ReactPayPalScriptOptions => {
		const nonce = pageNonce()
		return {
			clientId,
			currency,
			intent: 'capture',
			commit: true,
			components: 'buttons',
			...(nonce && { dataCspNonce: nonce }),
		}
	})
	return (
		<PayPalScriptProvider options={options}>
			<Button {...props} currency={currency} />
		</PayPalScriptProvider>
	)
}

function Button(props: PayPalButtonProps) {
	const { amount, currency, isAllowed, createOrder, onApprove, onCancel, onError, onStage } = props
	const [{ isRejected, options }, dispatch] = usePayPalScriptReducer()
	const tell = useRef(onStage)
	tell.current = onStage

	useEffect(() => {
		if (options.currency === currency) return
		tell.current('loading')
		// PayPal's script speaks for one currency: another one needs another script.
		dispatch({ type: DISPATCH_ACTION.RESET_OPTIONS, value: { ...options, currency } })
	}, [options, currency, dispatch])

	useEffect(() => {
		if (isRejected) tell.current('failed')
	}, [isRejected])

	return (
		<PayPalButtons
			fundingSource="paypal"
			forceReRender={[amount]}
			style={{ height: 44, label: 'pay' }}
			onInit={() => onStage('ready')}
			onClick={(_data, actions) => (isAllowed() ? actions.resolve() : actions.reject())}
			createOrder={createOrder}
			onApprove={async () => onApprove()}
			onCancel={() => onCancel()}
			onError={() => onError()}
		>
			<NotEligible onFound={() => onStage('failed')} />
		</PayPalButtons>
	)
}

/** Drawn by PayPal's component where PayPal does not offer its button: our own leads there instead. */
function NotEligible({ onFound }: { onFound: () => void }) {
	const tell = useRef(onFound)
	tell.current = onFound
	useEffect(() => tell.current(), [])
	return null
}
