import type { ReactNode } from 'react'
import type { PaymentDetail } from '#app/contracts/console.ts'
import { Panel } from '../kit/card.tsx'
import { CopyId } from '../kit/copy-id.tsx'
import { Money } from '../kit/money.tsx'
import { PaymentMethod } from '../kit/payment-method.tsx'
import { Time } from '../kit/time.tsx'

export function FactsPanel({ payment, customer }: Pick<PaymentDetail, 'payment' | 'customer'>) {
	const { currency, payment_method: method } = payment
	const expiry =
		method?.exp_month && method.exp_year
			? `${String(method.exp_month).padStart(2, '0')}/${String(method.exp_year).slice(-2)}`
			: null
	return (
		<Panel title="Details">
			<dl className="grid gap-2.5 text-sm">
				<Fact name="Payment id">
					<CopyId value={payment.id} what="payment id" short />
				</Fact>
				<Fact name="Reference">
					<CopyId value={payment.reference} what="reference" />
				</Fact>
				<Fact name="Created">
					<Time at={payment.created * 1000} mode="absolute" />
				</Fact>
				<Fact name="Amount">
					<Money amount={payment.amount} currency={currency} />
				</Fact>
				<Fact name="Collected">
					<Money amount={payment.amount_captured} currency={currency} />
				</Fact>
				<Fact name="Refunded">
					<Money amount={payment.amount_refunded} currency={currency} />
				</Fact>
				<Fact name="Still refundable">
					<Money amount={payment.amount_refundable} currency={currency} />
				</Fact>
				<Fact name="Paid with">{method && <PaymentMethod method={method} />}</Fact>
				{expiry && <Fact name="Expires">{expiry}</Fact>}
				<Fact name="Issued in">{method?.country ?? null}</Fact>
				<Fact name="Customer">{customer.email}</Fact>
				<Fact name="IP address">
					{customer.ip && (
						<span className="font-mono text-xs">
							{customer.ip}
							{customer.ipCountry && ` (${customer.ipCountry})`}
						</span>
					)}
				</Fact>
				<Fact name="Capture">{payment.capture_method === 'manual' ? 'By hand' : 'At once'}</Fact>
				{Object.entries(payment.metadata).map(([name, value]) => (
					<Fact key={name} name={name}>
						{value}
					</Fact>
				))}
			</dl>
		</Panel>
	)
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
	return (
		<div className="flex items-baseline justify-between gap-4">
			<dt className="shrink-0 text-muted">{name}</dt>
			<dd className="min-w-0 truncate text-right text-ink">
				{children ?? <span className="text-faint">–</span>}
			</dd>
		</div>
	)
}
