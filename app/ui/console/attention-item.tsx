import { Link, type useFetcher } from '@remix-run/react'
import { ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { AttentionItem } from '#app/contracts/attention.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { Badge } from '../kit/badge.tsx'
import { Button, ButtonLink } from '../kit/button.tsx'
import { CopyId } from '../kit/copy-id.tsx'
import { Money } from '../kit/money.tsx'
import { Time } from '../kit/time.tsx'
import type { AttentionResult } from './attention-command.ts'
import { endWords, SETTLED, SEVERITY, subjectPath } from './attention-words.ts'
import { useMay } from './permissions.tsx'
import type { Settling } from './settle-dialog.tsx'

type ItemProps = {
	item: AttentionItem
	fetcher: ReturnType<typeof useFetcher<AttentionResult>>
	onSettle: (settling: Settling) => void
}

export function AttentionItemRow({ item, fetcher, onSettle }: ItemProps) {
	const { label, tone, icon: Icon } = item.status === 'open' ? SEVERITY[item.severity] : SETTLED
	const path = subjectPath(item)
	const maySettle = useMay()(CONSOLE_PAGES['/console/attention'].act.settle)
	return (
		<li
			data-attention={item.id}
			className="grid gap-x-6 gap-y-3 border-b border-line px-4 py-4 last:border-b-0 lg:grid-cols-[minmax(0,1fr)_auto]"
		>
			<div className="grid min-w-0 content-start gap-1.5">
				<div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
					<Badge tone={tone}>
						<Icon aria-hidden="true" strokeWidth={2.25} />
						{label}
					</Badge>
					<span className="text-sm text-muted">
						opened <Time at={item.opened * 1000} />
					</span>
				</div>
				<h2 className="font-semibold text-ink">{item.title}</h2>
				<p className="max-w-2xl text-ink">{item.detail}</p>
				<p className="max-w-2xl text-sm text-muted">{item.meaning}</p>
				<div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
					{path && (
						<Link to={path.to} className="rounded-sm text-accent underline-offset-2 hover:underline">
							{path.label}
						</Link>
					)}
					<CopyId value={item.subject} what="subject" short />
				</div>
				{item.reason && (
					<details className="group text-sm text-muted">
						<summary className="w-fit rounded-sm hover:text-ink pointer-coarse:min-h-9">
							What the machine said
						</summary>
						<p className="mt-1 rounded-md bg-sunken px-2.5 py-2 font-mono text-xs break-words whitespace-pre-wrap">
							{item.reason}
						</p>
					</details>
				)}
				{item.status === 'closed' && <Ended item={item} />}
			</div>
			<div className="flex flex-wrap items-center justify-between gap-3 lg:flex-col lg:items-end lg:justify-start">
				{item.amount !== null && item.currency && (
					<div className="lg:text-right">
						<Money amount={item.amount} currency={item.currency} className="text-lg font-semibold text-ink" />
						<p className="text-xs text-muted">{item.status === 'open' ? 'at stake' : 'was at stake'}</p>
					</div>
				)}
				{item.status === 'open' && maySettle && <Actions item={item} fetcher={fetcher} onSettle={onSettle} />}
			</div>
		</li>
	)
}

function Ended({ item }: { item: AttentionItem }) {
	return (
		<div className="mt-1 grid gap-0.5 border-l-2 border-good/40 pl-3 text-sm">
			<p className="text-ink">
				{endWords(item)}
				{item.closed !== null && (
					<span className="text-muted">
						{' · '}
						<Time at={item.closed * 1000} />
					</span>
				)}
			</p>
			{item.note && <p className="break-words text-muted">“{item.note}”</p>}
		</div>
	)
}

/** The one action that usually settles it, the others in a menu. */
function Actions({ item, fetcher, onSettle }: ItemProps) {
	const isDispute = item.kind === 'dispute_due'
	const path = isDispute ? subjectPath(item) : null
	const isPending = fetcher.state !== 'idle' && fetcher.formData?.get('id') === item.id
	const [first, ...rest] = item.settle
	const others = item.retry || path ? item.settle : rest
	const only = others.length === 1 ? others[0] : undefined
	return (
		<div className="flex items-center gap-2">
			{path && (
				<ButtonLink to={path.to} tone="primary" size="sm">
					{path.label}
				</ButtonLink>
			)}
			{!path && item.retry && (
				<fetcher.Form method="post" action="/console/attention">
					<input type="hidden" name="intent" value="retry" />
					<input type="hidden" name="id" value={item.id} />
					<Button type="submit" tone="primary" size="sm" pending={isPending} title={item.retry.explains}>
						{item.retry.label}
					</Button>
				</fetcher.Form>
			)}
			{!path && !item.retry && first && (
				<Button tone="primary" size="sm" onClick={() => onSettle({ item, choice: first })}>
					{first.label}
				</Button>
			)}
			{only && (
				<Button size="sm" onClick={() => onSettle({ item, choice: only })}>
					{only.label}
				</Button>
			)}
			{others.length > 1 && (
				<DropdownMenu.Root modal={false}>
					<DropdownMenu.Trigger asChild>
						<Button size="sm">
							Settle
							<ChevronDown aria-hidden="true" />
							<span className="sr-only">: {item.title}</span>
						</Button>
					</DropdownMenu.Trigger>
					<DropdownMenu.Portal>
						<DropdownMenu.Content
							align="end"
							sideOffset={6}
							collisionPadding={12}
							className="z-40 max-w-72 min-w-56 animate-fade-in rounded-lg border border-line bg-panel p-1 shadow-pop"
						>
							{others.map((choice) => (
								<DropdownMenu.Item
									key={choice.outcome}
									onSelect={() => onSettle({ item, choice })}
									className="grid cursor-pointer gap-0.5 rounded-md px-2.5 py-2 outline-none data-highlighted:bg-sunken"
								>
									<span className="font-medium text-ink">{choice.label}</span>
									<span className="text-sm text-muted">{choice.explains}</span>
								</DropdownMenu.Item>
							))}
						</DropdownMenu.Content>
					</DropdownMenu.Portal>
				</DropdownMenu.Root>
			)}
		</div>
	)
}
