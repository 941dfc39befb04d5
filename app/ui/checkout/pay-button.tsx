import { Button } from '../kit/button.tsx'
import { Spinner } from '../kit/spinner.tsx'
import type { CheckoutState } from './checkout-state.ts'

type PayButtonProps = {
	state: CheckoutState
	price: string
	isBusy: boolean
	isReady: boolean
	onAskBank: () => void
	onSendNow: () => void
}

/** The one button of the form, always in the same place: it offers what can be done next. */
export function PayButton({ state, price, isBusy, isReady, onAskBank, onSendNow }: PayButtonProps) {
	if (state.phase === 'authenticating' && state.challenge.step === 'idle') {
		return (
			<Button key="bank" tone="primary" size="lg" wide className="mt-2" onClick={onAskBank}>
				Continue authentication
			</Button>
		)
	}
	if (state.phase === 'confirming' && state.unanswered) {
		return (
			<Button key="again" size="lg" wide className="mt-2" onClick={onSendNow}>
				<Spinner />
				Ask again now
			</Button>
		)
	}
	const isEditing = state.phase === 'editing'
	return (
		<Button
			key="pay"
			type="submit"
			tone="primary"
			size="lg"
			wide
			className="mt-2"
			disabled={!isEditing || !isReady || state.link === 'offline'}
			aria-busy={isBusy || undefined}
		>
			{isBusy && <Spinner />}
			{isEditing ? `Pay ${price}` : `Paying ${price}`}
		</Button>
	)
}
