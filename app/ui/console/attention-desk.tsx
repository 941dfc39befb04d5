import { Link, useFetcher } from '@remix-run/react'
import { CircleCheckBig, History } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { AttentionList } from '#app/contracts/attention.ts'
import { Card } from '../kit/card.tsx'
import { cn } from '../kit/class-names.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { Pager, type Place } from '../kit/pager.tsx'
import { toast } from '../kit/toast.tsx'
import type { AttentionResult } from './attention-command.ts'
import { AttentionItemRow } from './attention-item.tsx'
import { SettleDialog, type Settling } from './settle-dialog.tsx'

type DeskProps = { list: AttentionList; place: Place }

/** What waits for a person. The form lives here and not in a row: a row may leave while its answer is on the way. */
export function AttentionDesk({ list, place }: DeskProps) {
	const [settling, setSettling] = useState<Settling | null>(null)
	const fetcher = useFetcher<AttentionResult>()
	const answer = fetcher.data
	const hasDialog = useRef(false)
	hasDialog.current = settling !== null
	useEffect(() => {
		if (answer?.ok) {
			toast.success(answer.message)
			setSettling(null)
		}
		// A refused retry has no dialog to say it in.
		if (answer?.ok === false && !hasDialog.current) toast.error(answer.message)
	}, [answer])
	const { items, hasMore, status, openCount } = list
	return (
		<>
			<PageHeader
				title="Attention"
				below="What only a person can settle. Nothing here expires or goes away unseen."
				actions={<Tabs status={status} openCount={openCount} />}
			/>
			<Card>
				{items.length > 0 ? (
					<ul aria-label={status === 'open' ? 'Waiting' : 'Settled'}>
						{items.map((item) => (
							<AttentionItemRow key={item.id} item={item} fetcher={fetcher} onSettle={setSettling} />
						))}
					</ul>
				) : (
					<Nothing status={status} />
				)}
				<Pager
					ids={items.map(({ id }) => id)}
					hasMore={hasMore}
					place={place}
					linkTo={(to) => `?${new URLSearchParams({ status, ...to })}`}
				/>
			</Card>
			<SettleDialog settling={settling} onClose={() => setSettling(null)} fetcher={fetcher} />
		</>
	)
}

function Tabs({ status, openCount }: Pick<AttentionList, 'status' | 'openCount'>) {
	const tabs = [
		{ key: 'open', to: '/console/attention', label: openCount > 0 ? `Waiting (${openCount})` : 'Waiting' },
		{ key: 'closed', to: '/console/attention?status=closed', label: 'Settled' },
	] as const
	return (
		<div
			role="group"
			aria-label="Which items"
			className="inline-flex rounded-md border border-line-strong bg-panel p-0.5 shadow-card"
		>
			{tabs.map(({ key, to, label }) => (
				<Link
					key={key}
					to={to}
					aria-current={status === key ? 'page' : undefined}
					className={cn(
						'flex h-7.5 items-center rounded-sm px-3 text-sm transition-colors pointer-coarse:h-9',
						status === key ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:text-ink',
					)}
				>
					{label}
				</Link>
			))}
		</div>
	)
}

function Nothing({ status }: Pick<AttentionList, 'status'>) {
	return status === 'open' ? (
		<EmptyState icon={CircleCheckBig} title="Nothing waits for you">
			Payments, refunds and the books take care of themselves. What they cannot settle appears here at once.
		</EmptyState>
	) : (
		<EmptyState icon={History} title="Nothing was settled yet">
			Items stay here after they are closed, with who closed them and why.
		</EmptyState>
	)
}
