import { useNavigate, useRevalidator } from '@remix-run/react'
import { useRef } from 'react'
import type { CheckoutView } from '../../contracts/checkout.ts'
import { Card } from '../kit/card.tsx'
import { LiveIndicator } from '../kit/live-indicator.tsx'
import { formatMoney } from '../kit/money.tsx'
import type { CardFormHandle } from './card-form/card-form-handle.ts'
import { CheckoutShell } from './checkout-shell.tsx'
import { OrderSummary } from './order-summary.tsx'
import { OutcomePanel } from './outcome-panel.tsx'
import { PayForm } from './pay-form.tsx'
import { statusWords } from './status-words.ts'
import { useCheckoutPayment } from './use-checkout-payment.ts'

export function CheckoutPage({ view }: { view: CheckoutView }) {
	const { session } = view
	const navigate = useNavigate()
	const { revalidate } = useRevalidator()
	const cardForm = useRef<CardFormHandle>(null)
	const payment = useCheckoutPayment(view, {
		cardForm,
		reload: revalidate,
		// Replaced, so that "back" leads to the shop and never to a form that is already paid.
		onPaid: () => navigate(`/checkout/${session.id}/receipt`, { replace: true }),
	})
	const { state } = payment
	const isDone = ['paid', 'held', 'over', 'expired'].includes(state.phase)

	return (
		<CheckoutShell merchantName={session.merchantName} isTest={view.cardForm.kind === 'sandbox'}>
			<h1 className="sr-only">Pay {session.merchantName}</h1>
			<div className="grid items-start gap-5 md:grid-cols-[1fr_minmax(0,26rem)] md:gap-10">
				<section aria-label="Your order" className="md:sticky md:top-6 md:pt-5">
					<OrderSummary items={session.items} total={session.amount} currency={session.currency} />
				</section>
				<div className="grid gap-4">
					<Card className="p-5">
						<div className="mb-4 flex items-center justify-between gap-3">
							<h2 className="text-lg font-semibold text-ink">Pay by card</h2>
							<LiveIndicator status={state.link} />
						</div>
						<noscript>
							<p className="mb-4 rounded-md border border-warn/25 bg-warn-soft p-3 text-warn">
								The card form needs JavaScript. Please turn it on and load this page again. Nothing has been
								charged.
							</p>
						</noscript>
						{isDone ? (
							<OutcomePanel
								state={state}
								words={statusWords(state, formatMoney(session.amount, session.currency))}
								sessionId={session.id}
							/>
						) : (
							<PayForm view={view} cardForm={cardForm} payment={payment} />
						)}
					</Card>
				</div>
			</div>
		</CheckoutShell>
	)
}
