import { Link } from '@remix-run/react'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ListedRefund, RefundListView } from '#app/contracts/console.ts'
import { ButtonLink } from '../kit/button.tsx'
import { Money } from '../kit/money.tsx'
import { RefundBadge } from '../kit/status-badge.tsx'
import { Time } from '../kit/time.tsx'
import { RefundDecision } from './refund-decision.tsx'
import { REASON_WORDS } from './refund-dialog.tsx'
import { refundsLink } from './refund-filters.ts'
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

/** Pages by position: new refunds never shift a row from one page to the next. */
export function RefundPager({ refunds, hasMore, filters }: RefundListView) {
	const { starting_after: after, ending_before: before, ...kept } = filters
	const hasNewer = before === undefined ? after !== undefined : hasMore
	const hasOlder = before !== undefined || hasMore
	const [first, last] = [refunds[0], refunds.at(-1)]
	if (!first || !last || (!hasNewer && !hasOlder)) return null
	return (
		<nav aria-label="Pages" className="flex items-center justify-end gap-2 border-t border-line px-4 py-2.5">
			{hasNewer && (
				<ButtonLink size="sm" to={refundsLink({ ...kept, ending_before: first.id })} prefetch="intent">
					<ChevronLeft aria-hidden="true" />
					Newer
				</ButtonLink>
			)}
			{hasOlder && (
				<ButtonLink size="sm" to={refundsLink({ ...kept, starting_after: last.id })} prefetch="intent">
					Older
					<ChevronRight aria-hidden="true" />
				</ButtonLink>
			)}
		</nav>
	)
}
