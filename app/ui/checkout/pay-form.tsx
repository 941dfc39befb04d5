import { useRef, useState, type FormEvent } from 'react'
import type { CheckoutView } from '../../contracts/checkout.ts'
import { isApprovedElsewhere, isBankDebit, isWallet } from '../../domain/methods/method-kinds.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import { formatMoney } from '../kit/money.tsx'
import { EmailField } from './billing-fields.tsx'
import { ChallengeDialog } from './challenge-dialog.tsx'
import { DebitMandate } from './debit-mandate.tsx'
import type { MethodFormHandle } from './method-form/method-form-handle.ts'
import { MethodPanel, nameLabelOf } from './method-panel.tsx'
import { MethodPicker } from './method-picker.tsx'
import { PayButton } from './pay-button.tsx'
import { PayPalSlot } from './paypal/paypal-slot.tsx'
import { PaymentStatus } from './payment-status.tsx'
import { statusWords } from './status-words.ts'
import { useBilling } from './use-billing.ts'
import type { useCheckoutPayment } from './use-checkout-payment.ts'
import { useChosenMethod } from './use-chosen-method.ts'
import { useCountdown } from './use-countdown.ts'
import type { OrderPrice } from './use-order-price.ts'
import { WalletButtons } from './wallets/wallet-buttons.tsx'
import { walletNews } from './wallets/wallet-news.ts'
import { useStatusFocus } from './use-status-focus.ts'

type PayFormProps = {
	view: CheckoutView
	price: OrderPrice
	payment: ReturnType<typeof useCheckoutPayment>
}

export function PayForm({ view, price, payment }: PayFormProps) {
	const { state, pay, paypal } = payment
	const { session } = view
	const listed = price.methods.filter(({ type }) => !isWallet(type))
	const wallets = price.methods.map(({ type }) => type).filter(isWallet)
	const { chosen, choose } = useChosenMethod(session.id, listed)
	const method: MethodType = chosen?.type ?? 'card'
	const shownPrice = formatMoney(price.amount, price.currency)
	const words = statusWords(state, shownPrice, method)
	const billing = useBilling(state.problem)
	const forms = useRef<Partial<Record<MethodType, MethodFormHandle | null>>>({})
	const [ready, setReady] = useState<Partial<Record<MethodType, boolean>>>({})
	const status = useStatusFocus(state, words, () => forms.current[method]?.focus())
	const waitSeconds = useCountdown(state.problem?.retryAt)
	const isEditing = state.phase === 'editing'
	const isReady =
		chosen !== null && !price.isAsking && (isApprovedElsewhere(method) || ready[method] === true)
	const buttons = method === 'paypal' && paypal.stage !== 'failed' ? view.paypalButtons : null
	const isPayPalShown = buttons !== null && isEditing && waitSeconds === 0
	const mayPay = () => isEditing && isReady && waitSeconds === 0 && state.link !== 'offline'

	function submit(event?: FormEvent) {
		event?.preventDefault()
		if (!mayPay()) return
		const values = billing.read(nameLabelOf(method))
		if (!values) return
		status.current?.focus()
		const form = forms.current[method]
		void pay({
			method,
			billing: values,
			quoteId: price.quote?.id ?? null,
			createToken: form ? () => form.createToken(values) : null,
		})
	}

	return (
		<form onSubmit={submit} noValidate className="grid gap-2" aria-label="Payment" data-phase={state.phase}>
			{wallets.length > 0 && (
				<WalletButtons
					settings={view.forms}
					wallets={wallets}
					merchantName={session.merchantName}
					amount={price.amount}
					currency={price.currency}
					disabled={!isEditing || price.isAsking || waitSeconds > 0 || state.link === 'offline'}
					news={walletNews(state, words)}
					onPay={({ method: wallet, billing: payer, token }) =>
						void pay({
							method: wallet,
							billing: payer,
							quoteId: price.quote?.id ?? null,
							createToken: () => Promise.resolve(token),
						})
					}
				/>
			)}
			<EmailField field={billing.email} disabled={!isEditing} />
			<MethodPicker
				methods={listed}
				chosen={method}
				disabled={!isEditing}
				onChoose={(type) => {
					choose(type)
					payment.edited()
				}}
			>
				{(type, isChosen) => (
					<MethodPanel
						type={type}
						isChosen={isChosen}
						note={listed.find((one) => one.type === type)?.note ?? null}
						name={billing.name}
						settings={view.forms}
						amount={price.amount}
						currency={price.currency}
						isLocked={!isEditing}
						onForm={(form) => (forms.current[type] = form)}
						onReady={(isNowReady) => setReady((all) => ({ ...all, [type]: isNowReady }))}
						onSubmit={submit}
					/>
				)}
			</MethodPicker>
			<PaymentStatus ref={status} words={words} />
			{isBankDebit(method) && isEditing && (
				<DebitMandate type={method} merchantName={session.merchantName} price={shownPrice} />
			)}
			{buttons && (
				<PayPalSlot
					stage={paypal.stage}
					isShown={isPayPalShown}
					clientId={buttons.clientId}
					amount={price.amount}
					currency={price.currency}
					isAllowed={() => mayPay() && billing.read(null) !== null}
					createOrder={() => {
						submit()
						return paypal.wait.begin()
					}}
					onApprove={paypal.approved}
					onCancel={paypal.canceled}
					onError={paypal.failed}
					onStage={paypal.setStage}
				/>
			)}
			{!isPayPalShown && (
				<PayButton
					state={state}
					method={method}
					price={shownPrice}
					isBusy={words.isBusy}
					isReady={isReady}
					waitSeconds={waitSeconds}
					onAskBank={payment.askBank}
					onSendNow={payment.sendNow}
					onAbandon={payment.abandon}
				/>
			)}
			<ChallengeDialog
				url={state.challenge.step === 'shown' ? state.challenge.url : null}
				onLeave={payment.leaveBank}
				onAnswered={payment.bankAnswered}
				onAbandon={payment.abandon}
			/>
		</form>
	)
}
