import type { RefundView } from '#app/contracts/console.ts'
import { Panel } from '../kit/card.tsx'
import { CopyId } from '../kit/copy-id.tsx'
import { Money } from '../kit/money.tsx'
import { RefundBadge } from '../kit/status-badge.tsx'
import { Time } from '../kit/time.tsx'
import { RefundDecision } from './refund-decision.tsx'
import { REASON_WORDS } from './refund-dialog.tsx'
import { RefundStory } from './refund-story.tsx'

export function RefundsPanel({ refunds }: { refunds: RefundView[] }) {
	if (refunds.length === 0) return null
	return (
		<Panel flush title="Refunds">
			<ul>
				{refunds.map((refund) => (
					<li key={refund.id} className="grid gap-1.5 border-b border-line px-4 py-3 last:border-b-0">
						<div className="flex flex-wrap items-center justify-between gap-2">
							<Money amount={refund.amount} currency={refund.currency} className="font-medium text-ink" />
							<RefundBadge refund={refund} />
						</div>
						<RefundStory refund={refund} />
						<RefundDecision refund={refund} />
						<div className="flex flex-wrap items-center justify-between gap-x-4 text-sm text-muted">
							<span>{refund.reason ? REASON_WORDS[refund.reason] : 'No reason given'}</span>
							<Time at={refund.created * 1000} />
						</div>
						<CopyId value={refund.id} what="refund id" short />
					</li>
				))}
			</ul>
		</Panel>
	)
}
