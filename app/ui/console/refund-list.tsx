import { Link } from '@remix-run/react'
import type { ListedRefund } from '#app/contracts/console.ts'
import { Money } from '../kit/money.tsx'
import { RefundBadge } from '../kit/status-badge.tsx'
import { Time } from '../kit/time.tsx'
import { RefundDecision } from './refund-decision.tsx'
import { REASON_WORDS } from './refund-dialog.tsx'
import { RefundStory } from './refund-story.tsx'

export function RefundList({ refunds, label }: { refunds: ListedRefund[]; label: string }) {
	return (
		<ul aria-label={label}>
			{refunds.map((refund) => (
				<li
					key={refund.id}
					data-refund={refund.id}
					className="grid gap-x-6 gap-y-2 border-b border-line px-4 py-3 last:border-b-0 sm:grid-cols-[8rem_minmax(0,1fr)_auto]"
				>
					<div className="flex items-baseline justify-between gap-3 sm:grid sm:content-start sm:justify-end sm:justify-items-end sm:gap-1">
						<Money amount={refund.amount} currency={refund.currency} className="font-medium text-ink" />
						<Time at={refund.created * 1000} className="text-sm text-muted" />
					</div>
					<div className="grid min-w-0 content-start gap-1">
						<div className="flex flex-wrap items-center gap-x-3 gap-y-1">
							<Link
								to={`/console/payments/${refund.payment}`}
								prefetch="intent"
								className="min-w-0 truncate rounded-sm font-medium text-accent hover:underline"
							>
								{refund.title}
							</Link>
							<RefundBadge refund={refund} />
						</div>
						<RefundStory refund={refund} />
						<p className="text-sm text-muted">
							{refund.reason ? REASON_WORDS[refund.reason] : 'No reason given'}
						</p>
					</div>
					<RefundDecision refund={refund} />
				</li>
			))}
		</ul>
	)
}
