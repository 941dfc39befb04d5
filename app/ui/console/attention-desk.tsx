import { Link, useFetcher } from '@remix-run/react'
import { ChevronLeft, ChevronRight, CircleCheckBig, History } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { AttentionList } from '#app/contracts/attention.ts'
import { ButtonLink } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { cn } from '../kit/class-names.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { toast } from '../kit/toast.tsx'
import type { AttentionResult } from './attention-command.ts'
import { AttentionItemRow } from './attention-item.tsx'
import { SettleDialog, type Settling } from './settle-dialog.tsx'

type DeskProps = { list: AttentionList; place: { isFirst: boolean; backwards: boolean } }

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
	const { items, status, openCount } = list
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
				<Pager list={list} place={place} />
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

function Pager({ list: { items, hasMore, status }, place: { isFirst, backwards } }: DeskProps) {
	const hasNewer = backwards ? hasMore : !isFirst
	const hasOlder = backwards || hasMore
	if (!hasNewer && !hasOlder) return null
	const link = (name: string, id: string | undefined) =>
		`?${new URLSearchParams({ status, [name]: id ?? '' })}`
	return (
		<nav aria-label="Pages" className="flex items-center justify-end gap-2 border-t border-line px-4 py-2.5">
			{hasNewer && (
				<ButtonLink size="sm" to={link('ending_before', items[0]?.id)}>
					<ChevronLeft aria-hidden="true" />
					Newer
				</ButtonLink>
			)}
			{hasOlder && (
				<ButtonLink size="sm" to={link('starting_after', items.at(-1)?.id)}>
					Older
					<ChevronRight aria-hidden="true" />
				</ButtonLink>
			)}
		</nav>
	)
}
