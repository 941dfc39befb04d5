import { Link } from '@remix-run/react'
import type { Dispute } from '#app/contracts/disputes.ts'
import { Panel } from '../kit/card.tsx'
import { Money } from '../kit/money.tsx'
import { Time } from '../kit/time.tsx'
import { DisputeBadge } from './dispute-badge.tsx'
import { reasonWords } from './dispute-words.ts'
import { isCounting } from './due-countdown.tsx'

/** The cases banks opened about one payment. */
export function DisputesPanel({ disputes }: { disputes: Dispute[] }) {
	if (disputes.length === 0) return null
	return (
		<Panel flush title="Disputes">
			<ul>
				{disputes.map((dispute) => (
					<li key={dispute.id} className="grid gap-1 border-b border-line px-4 py-3 last:border-b-0">
						<div className="flex flex-wrap items-center justify-between gap-2">
							<Money amount={dispute.amount} currency={dispute.currency} className="font-medium text-ink" />
							<DisputeBadge dispute={dispute} />
						</div>
						<div className="flex flex-wrap items-center justify-between gap-x-4 text-sm text-muted">
							<span>{reasonWords(dispute.reason)}</span>
							<Time at={dispute.opened * 1000} />
						</div>
						<Link
							to={`/console/disputes/${dispute.id}`}
							className="w-fit rounded-sm text-sm font-medium text-accent hover:underline"
						>
							{isCounting(dispute) ? 'Answer the bank' : 'Open the case'}
						</Link>
					</li>
				))}
			</ul>
		</Panel>
	)
}
