import { CircleCheck, Printer } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ReceiptView } from '../../contracts/checkout.ts'
import type { ExchangeView } from '../../contracts/currency-settings.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { dayWords, rateWords, spreadWords } from '../kit/format-rate.ts'
import { formatMoney } from '../kit/money.tsx'
import { PaymentMethod } from '../kit/payment-method.tsx'
import { CheckoutShell } from './checkout-shell.tsx'
import { OrderSummary } from './order-summary.tsx'

export function ReceiptPage({ receipt }: { receipt: ReceiptView }) {
	const { amount, currency, order, exchange, merchantName } = receipt
	const paidAt = new Date(receipt.paidAt)
	return (
		<CheckoutShell merchantName={merchantName}>
			<Card className="mx-auto max-w-xl p-5 sm:p-7 print:border-0 print:shadow-none">
				<div className="grid justify-items-center gap-1 pb-5 text-center">
					<CircleCheck aria-hidden="true" className="size-9 text-good" />
					<h1 className="mt-1 text-2xl font-semibold tracking-tight text-ink tabular-nums">
						{formatMoney(amount, currency)} paid
					</h1>
					<p className="text-muted">Thank you. Keep this page as your receipt.</p>
				</div>
				<dl className="grid gap-2.5 border-y border-line py-4">
					<Row label="Reference">
						<span className="font-mono">{receipt.reference}</span>
					</Row>
					<Row label="Date">
						<time dateTime={paidAt.toISOString()}>{DATE.format(paidAt)}</time>
					</Row>
					<Row label="Paid with">
						<PaymentMethod method={receipt.method} />
					</Row>
					{receipt.email && <Row label="E-mail">{receipt.email}</Row>}
				</dl>
				<section aria-label="What you bought" className="pt-5">
					<OrderSummary items={receipt.items} total={order.amount} currency={order.currency} />
					{exchange && <ExchangeNote exchange={exchange} />}
				</section>
				<div className="mt-6 flex flex-col gap-2 sm:flex-row print:hidden">
					<Button onClick={() => window.print()} className="sm:flex-1">
						<Printer aria-hidden="true" />
						Print
					</Button>
					<ButtonLink to="/shop" reloadDocument tone="primary" className="sm:flex-1">
						Back to the shop
					</ButtonLink>
				</div>
			</Card>
		</CheckoutShell>
	)
}

function ExchangeNote({ exchange }: { exchange: ExchangeView }) {
	const { presentment, settlement, rate, asOf, spreadBps } = exchange
	const [paid, own] = [presentment.currency.toUpperCase(), settlement.currency.toUpperCase()]
	return (
		<p className="mt-2 text-sm text-muted">
			Paid as {formatMoney(presentment.amount, presentment.currency)}, at 1 {own} = {rateWords(rate)} {paid}:
			the rate of {dayWords(asOf)} (European Central Bank) and {spreadWords(spreadBps)} for the exchange.
		</p>
	)
}

/** One zone for server, browser and paper; the receipt says which. */
const DATE = new Intl.DateTimeFormat('en-US', {
	dateStyle: 'long',
	timeStyle: 'long',
	hourCycle: 'h23',
	timeZone: 'UTC',
})

function Row({ label, children }: { label: string; children: ReactNode }) {
	return (
		<div className="flex flex-wrap justify-between gap-x-4">
			<dt className="text-muted">{label}</dt>
			<dd className="min-w-0 text-right break-words text-ink">{children}</dd>
		</div>
	)
}
