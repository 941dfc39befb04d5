import { useEffect, useRef } from 'react'
import { ButtonLink } from '../kit/button.tsx'
import type { CheckoutState } from './checkout-state.ts'
import { PaymentStatus } from './payment-status.tsx'
import type { StatusWords } from './status-words.ts'

type OutcomePanelProps = { state: CheckoutState; words: StatusWords; sessionId: string }

/** Stands where the form was, once there is nothing left to fill in. */
export function OutcomePanel({ state, words, sessionId }: OutcomePanelProps) {
	const status = useRef<HTMLDivElement>(null)
	useEffect(() => status.current?.focus(), [state.phase])
	const isPaid = state.phase === 'paid'
	const hasReceipt = isPaid || state.phase === 'awaiting'
	return (
		<div className="grid gap-4" data-phase={state.phase}>
			<PaymentStatus ref={status} words={words} />
			{state.payment && (
				<p className="text-muted">
					Reference <span className="font-mono text-ink">{state.payment.reference}</span>
				</p>
			)}
			{hasReceipt ? (
				<ButtonLink to={`/checkout/${sessionId}/receipt`} replace={isPaid} tone="primary" size="lg" wide>
					{isPaid ? 'Open the receipt' : 'See where the payment stands'}
				</ButtonLink>
			) : (
				<ButtonLink to="/shop" reloadDocument size="lg" wide>
					Back to the shop
				</ButtonLink>
			)}
		</div>
	)
}
