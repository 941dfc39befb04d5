import type { MethodType } from '../../domain/methods/method-terms.ts'
import { isBankDebit } from '../../domain/methods/method-kinds.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Spinner } from '../kit/spinner.tsx'
import { methodOf, type CheckoutState } from './checkout-state.ts'
import { methodWords } from './method-words.ts'
import { clockText } from './use-countdown.ts'

type PayButtonProps = {
	state: CheckoutState
	method: MethodType
	price: string
	isBusy: boolean
	isReady: boolean
	/** Seconds until pressing may help again. */
	waitSeconds: number
	onAskBank: () => void
	onSendNow: () => void
	onAbandon: () => void
}

/** The one button of the form, always in the same place: it offers what can be done next. */
export function PayButton(props: PayButtonProps) {
	const { state, method, price, isBusy, isReady, waitSeconds } = props
	if (state.phase === 'authenticating') return <ConfirmButtons {...props} />
	if (state.phase === 'confirming' && state.unanswered) {
		return (
			<Button key="again" size="lg" wide className="mt-2" onClick={props.onSendNow}>
				<Spinner />
				Ask again now
			</Button>
		)
	}
	const isEditing = state.phase === 'editing'
	const isWaiting = isEditing && waitSeconds > 0
	return (
		<Button
			key="pay"
			type="submit"
			tone="primary"
			size="lg"
			wide
			className="mt-2"
			disabled={!isEditing || !isReady || isWaiting || state.link === 'offline'}
			aria-busy={isBusy || undefined}
		>
			{isBusy && <Spinner />}
			{isWaiting
				? `Try again in ${clockText(waitSeconds)}`
				: isEditing
					? verb(method, price)
					: `Paying ${price}`}
		</Button>
	)
}

function verb(method: MethodType, price: string): string {
	if (method === 'paypal') return `Pay ${price} with PayPal`
	return isBankDebit(method) ? `Authorize debit of ${price}` : `Pay ${price}`
}

/** While the payer must say yes elsewhere: on to that place, or another way to pay. */
function ConfirmButtons({ state, onAskBank, onAbandon }: PayButtonProps) {
	const { challenge } = state
	const words = methodWords(methodOf(state.payment))
	return (
		<div className="mt-2 grid gap-2">
			{challenge.step === 'leaving' ? (
				<ButtonLink to={challenge.url} tone="primary" size="lg" wide>
					{words.goOn}
				</ButtonLink>
			) : (
				<Button tone="primary" size="lg" wide disabled={challenge.step !== 'idle'} onClick={onAskBank}>
					{words.goOn}
				</Button>
			)}
			<Button
				tone="quiet"
				wide
				pending={challenge.step === 'abandoning'}
				disabled={challenge.step === 'opening' || challenge.step === 'checking'}
				onClick={onAbandon}
			>
				Choose another way to pay
			</Button>
		</div>
	)
}
