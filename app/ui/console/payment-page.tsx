import { Link } from '@remix-run/react'
import { ArrowLeft } from 'lucide-react'
import type { PaymentDetail } from '#app/contracts/console.ts'
import { Banner } from '../kit/banner.tsx'
import { Panel } from '../kit/card.tsx'
import { Money } from '../kit/money.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { PaymentBadge } from '../kit/status-badge.tsx'
import { AttemptsPanel } from './attempts-panel.tsx'
import { DisputesPanel } from './disputes-panel.tsx'
import { ExchangePanel } from './exchange-panel.tsx'
import { FactsPanel } from './facts-panel.tsx'
import { LedgerPanel } from './ledger-panel.tsx'
import { nextStep } from './next-step.ts'
import { PaymentActions } from './payment-actions.tsx'
import { paymentTitle } from './payment-title.ts'
import { RefundsPanel } from './refunds-panel.tsx'
import { RiskPanel } from './risk-panel.tsx'
import { Timeline } from './timeline.tsx'

export function PaymentPage({ detail }: { detail: PaymentDetail }) {
	const { payment, refunds, refundTerms, disputes, exchange } = detail
	const { timeline, postings, attempts, customer, can, mayReadAudit } = detail
	const step = nextStep(detail)
	return (
		<>
			<PageHeader
				above={
					<Link
						to="/console/payments"
						className="inline-flex items-center gap-1 rounded-sm text-sm text-muted hover:text-ink"
					>
						<ArrowLeft aria-hidden="true" className="size-3.5" />
						Payments
					</Link>
				}
				title={
					<span className="flex flex-wrap items-center gap-x-3 gap-y-1">
						<Money amount={payment.amount} currency={payment.currency} withCode />
						<PaymentBadge payment={payment} />
					</span>
				}
				below={paymentTitle(payment)}
				actions={<PaymentActions payment={payment} refundTerms={refundTerms} can={can} />}
			/>
			<Banner tone={step.tone} role="status" className="mb-4">
				<p className="font-semibold">{step.title}</p>
				<p className="text-ink/80">{step.text}</p>
			</Banner>
			<div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
				<div className="grid min-w-0 gap-4">
					<Panel
						title="What happened"
						action={
							mayReadAudit && (
								<Link
									to={`/console/audit?subject=${payment.id}`}
									prefetch="intent"
									className="rounded-sm text-sm text-accent hover:underline"
								>
									Who changed what
								</Link>
							)
						}
					>
						<Timeline entries={timeline} />
					</Panel>
					<LedgerPanel postings={postings} />
					<AttemptsPanel attempts={attempts} />
				</div>
				<div className="grid min-w-0 gap-4">
					<DisputesPanel disputes={disputes} />
					<RefundsPanel refunds={refunds} />
					<ExchangePanel exchange={exchange} />
					<RiskPanel risk={payment.risk} />
					<FactsPanel payment={payment} customer={customer} />
				</div>
			</div>
		</>
	)
}
