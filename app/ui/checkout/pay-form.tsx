import { useRef, useState, type FormEvent, type RefObject } from 'react'
import type { CheckoutView } from '../../contracts/checkout.ts'
import { formatMoney } from '../kit/money.tsx'
import { BillingFields, type BillingFieldsHandle } from './billing-fields.tsx'
import { CardForm } from './card-form/card-form.tsx'
import type { CardFormHandle } from './card-form/card-form-handle.ts'
import { ChallengeDialog } from './challenge-dialog.tsx'
import { PayButton } from './pay-button.tsx'
import { PaymentStatus } from './payment-status.tsx'
import { statusWords } from './status-words.ts'
import type { useCheckoutPayment } from './use-checkout-payment.ts'
import { useStatusFocus } from './use-status-focus.ts'

type PayFormProps = {
	view: CheckoutView
	cardForm: RefObject<CardFormHandle>
	payment: ReturnType<typeof useCheckoutPayment>
}

export function PayForm({ view, cardForm, payment }: PayFormProps) {
	const { state, pay, sendNow, askBank, leaveBank, bankAnswered } = payment
	const { amount, currency } = view.session
	const price = formatMoney(amount, currency)
	const words = statusWords(state, price)
	const [isReady, setIsReady] = useState(false)
	const billing = useRef<BillingFieldsHandle>(null)
	const status = useStatusFocus(state, words, cardForm)
	const isEditing = state.phase === 'editing'

	function submit(event?: FormEvent) {
		event?.preventDefault()
		if (!isEditing || !isReady || state.link === 'offline') return
		const values = billing.current?.read()
		if (!values) return
		status.current?.focus()
		void pay(values)
	}

	return (
		<form onSubmit={submit} noValidate className="grid gap-2" aria-label="Payment" data-phase={state.phase}>
			<BillingFields ref={billing} problem={state.problem} disabled={!isEditing} />
			<div role="group" aria-label="Card">
				<CardForm
					ref={cardForm}
					settings={view.cardForm}
					amount={amount}
					currency={currency}
					isLocked={!isEditing}
					onReady={setIsReady}
					onChange={() => undefined}
					onSubmit={submit}
				/>
			</div>
			<PaymentStatus ref={status} words={words} />
			<PayButton
				state={state}
				price={price}
				isBusy={words.isBusy}
				isReady={isReady}
				onAskBank={askBank}
				onSendNow={sendNow}
			/>
			<ChallengeDialog
				url={state.challenge.step === 'shown' ? state.challenge.url : null}
				onLeave={leaveBank}
				onAnswered={bankAnswered}
			/>
		</form>
	)
}
