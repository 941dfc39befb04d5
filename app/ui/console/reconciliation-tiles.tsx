import type { ReactNode } from 'react'
import type { Reconciliation } from '#app/contracts/reconciliation.ts'
import { cn } from '../kit/class-names.ts'
import { Explain } from '../kit/explain.tsx'
import { Time } from '../kit/time.tsx'
import { moneyText, requestedByText } from './difference-words.ts'
import { plural } from './format-measure.ts'

type TileProps = {
	label: string
	formula: ReactNode
	note: ReactNode
	tone?: 'good' | 'bad' | 'neutral'
	className?: string
	children: ReactNode
}

const TONES = { good: 'text-good', bad: 'text-bad', neutral: 'text-ink' } as const

function Tile({ label, formula, note, tone = 'neutral', className, children }: TileProps) {
	return (
		<div className={cn('min-w-0 bg-panel p-4', className)} data-tile={label}>
			<dt className="flex items-center gap-1 text-sm text-muted">
				{label}
				<Explain about={label}>{formula}</Explain>
			</dt>
			<dd className={cn('mt-1 text-2xl font-semibold tracking-tight tabular-nums', TONES[tone])}>
				{children}
			</dd>
			<dd className="text-sm text-muted tabular-nums">{note}</dd>
		</div>
	)
}

/** Currencies with something unexplained come first; the others only need so many lines. */
const MOST_SHOWN = 4

function Unexplained({ totals, last_run: last }: Reconciliation) {
	const shown = [...totals]
		.sort((a, b) => Number(b.unexplained > 0) - Number(a.unexplained > 0))
		.slice(0, MOST_SHOWN)
	const isOpen = totals.some(({ unexplained }) => unexplained > 0)
	const hidden = totals.length - shown.length
	const note = !last
		? 'Not compared yet'
		: hidden > 0
			? `and ${plural(hidden, 'currency', 'currencies')} more at zero`
			: isOpen
				? 'See the list below'
				: last.compared === 0
					? 'Nothing to compare in the last run'
					: 'Every cent is accounted for'
	return (
		<Tile
			label="Unexplained"
			tone={!last ? 'neutral' : isOpen ? 'bad' : 'good'}
			note={note}
			className="col-span-2 lg:col-span-1 lg:row-span-2"
			formula="The gateway’s account against our ledger: the sum of all open differences, and anything the comparison itself could not place. Counted as the gateway’s account moves, so after its fees. Money in flight, pending refunds and payouts on their way to the bank are explained and not counted."
		>
			{shown.length === 0 ? (
				<span>{last ? '0.00' : '–'}</span>
			) : (
				<ul className="grid gap-1">
					{shown.map(({ currency, unexplained }) => (
						<li key={currency} className={unexplained > 0 ? 'text-bad' : 'text-good'}>
							{moneyText(unexplained, currency)}
						</li>
					))}
				</ul>
			)}
		</Tile>
	)
}

/** What the last comparison came to, and when the next one is. */
export function ReconciliationTiles({ summary, healed }: { summary: Reconciliation; healed: number }) {
	const { last_run: last, current_run: current, next_run: next, open_differences: open } = summary
	return (
		<dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line shadow-card lg:grid-cols-3">
			<Unexplained {...summary} />
			<Tile
				label="Open differences"
				tone={open > 0 ? 'bad' : 'neutral'}
				note={open > 0 ? 'wait for a person' : 'nothing to do'}
				formula="Places where our books and the gateway’s differ and which could not be put right without a person."
			>
				{open}
			</Tile>
			<Tile
				label="Healed"
				note={last ? `${last.healed} in the last run` : 'nothing yet'}
				formula="Differences that were put right by themselves: a message of the gateway that never arrived, a fee that was not known yet. No money is ever moved to do so."
			>
				{healed}
			</Tile>
			<Tile
				label="Compared"
				note={last ? 'in the last run' : 'nothing yet'}
				formula="Charges, refunds and lines of the gateway’s account that the last run held against our books and our ledger."
			>
				{last ? last.compared.toLocaleString('en-US') : '–'}
			</Tile>
			<Tile
				label="Last run"
				note={
					<>
						{current ? 'a run is under way' : last ? requestedByText(last.requested_by) : 'none yet'}, next{' '}
						<Time at={next * 1000} mode="absolute" />
					</>
				}
				formula="Runs every hour, and whenever somebody asks for one. Each covers everything up to three minutes before it started; what is younger is still in flight."
			>
				{last?.finished ? <Time at={last.finished * 1000} /> : '–'}
			</Tile>
		</dl>
	)
}
