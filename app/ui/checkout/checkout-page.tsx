import { useNavigate, useRevalidator } from '@remix-run/react'
import type { CheckoutView } from '../../contracts/checkout.ts'
import { Card } from '../kit/card.tsx'
import { LiveIndicator } from '../kit/live-indicator.tsx'
import { formatMoney } from '../kit/money.tsx'
import { CheckoutShell } from './checkout-shell.tsx'
import { CurrencyChoice } from './currency-choice.tsx'
import { OrderSummary } from './order-summary.tsx'
import { OutcomePanel } from './outcome-panel.tsx'
import { PayForm } from './pay-form.tsx'
import { statusWords } from './status-words.ts'
import { useCheckoutPayment } from './use-checkout-payment.ts'
import { useOrderPrice } from './use-order-price.ts'

const DONE = ['awaiting', 'paid', 'held', 'over', 'expired', 'closed']

export function CheckoutPage({ view }: { view: CheckoutView }) {
	const { session } = view
	const navigate = useNavigate()
	const { revalidate } = useRevalidator()
	const payment = useCheckoutPayment(view, {
		reload: revalidate,
		// Replaced, so that "back" leads to the shop and never to a form that is already paid.
		onPaid: () => navigate(`/checkout/${session.id}/receipt`, { replace: true }),
	})
	const { state } = payment
	const isOpen = state.phase === 'editing'
	const price = useOrderPrice({ view, isOpen, problem: state.problem })
	const isDone = DONE.includes(state.phase)
	const isOnlyCard = price.methods.length === 1 && price.methods[0]?.type === 'card'

	return (
		<CheckoutShell merchantName={session.merchantName} isTest={view.forms.kind === 'sandbox'}>
			<h1 className="sr-only">Pay {session.merchantName}</h1>
			<div className="grid items-start gap-5 md:grid-cols-[1fr_minmax(0,26rem)] md:gap-10">
				<section aria-label="Your order" className="md:sticky md:top-6 md:pt-5">
					<OrderSummary items={session.items} total={session.amount} currency={session.currency} />
					{!isDone && (
						<CurrencyChoice
							currencies={[session.currency, ...view.currencies]}
							price={price}
							disabled={!isOpen}
						/>
					)}
				</section>
				<Card className="p-5">
					<div className="mb-4 flex items-center justify-between gap-3">
						<h2 className="text-lg font-semibold text-ink">{isOnlyCard ? 'Pay by card' : 'Payment'}</h2>
						<LiveIndicator status={state.link} />
					</div>
					<noscript>
						<p className="mb-4 rounded-md border border-warn/25 bg-warn-soft p-3 text-warn">
							Paying needs JavaScript. Please turn it on and load this page again. Nothing has been charged.
						</p>
					</noscript>
					{isDone ? (
						<OutcomePanel
							state={state}
							words={statusWords(state, priceOf(state.payment ?? session))}
							sessionId={session.id}
						/>
					) : (
						<PayForm view={view} price={price} payment={payment} />
					)}
				</Card>
			</div>
		</CheckoutShell>
	)
}

/** Of the payment once there is one: it may be in another currency than the order. */
const priceOf = ({ amount, currency }: { amount: number; currency: string }): string =>
	formatMoney(amount, currency)
