import { useEffect, useState, type Dispatch } from 'react'
import type { CheckoutAction, CheckoutState } from '../checkout-state.ts'
import { createOrderWait } from './order-wait.ts'
import type { PayPalStage } from './paypal-props.ts'

const NOT_SHOWN =
	'PayPal could not show its window. You have not been charged. Continue at PayPal, or pay another way.'

/** Joins PayPal's window to the states of the checkout. */
export function usePayPal({ phase, challenge }: CheckoutState, dispatch: Dispatch<CheckoutAction>) {
	const [wait] = useState(createOrderWait)
	const [stage, setStage] = useState<PayPalStage>('loading')
	// A payer who is asked in another tab is not asked here: to this window no order comes.
	const isUnderWay =
		phase === 'authenticating'
			? challenge.step !== 'idle'
			: phase === 'tokenizing' || phase === 'confirming' || phase === 'following'

	useEffect(() => {
		if (!isUnderWay) wait.refuse()
	}, [isUnderWay, wait])

	return {
		wait,
		stage,
		setStage,
		approved: () => {
			if (wait.end() === 'shown') dispatch({ type: 'came_back' })
		},
		canceled: () => {
			if (wait.close() === 'shown') dispatch({ type: 'abandon' })
		},
		failed: () => {
			const at = wait.end()
			if (at === 'shown') dispatch({ type: 'challenge_left', message: NOT_SHOWN })
			// It broke before anybody paid: our own button leads to PayPal instead.
			if (at === 'none') setStage('failed')
		},
	}
}
