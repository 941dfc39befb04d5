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

/** Of all gateways together: what one cannot explain, another does not make good. */
function unexplainedByCurrency(totals: Reconciliation['totals']) {
	const sums = new Map<string, number>()
	for (const { currency, unexplained } of totals) {
		sums.set(currency, (sums.get(currency) ?? 0) + unexplained)
	}
	return [...sums].map(([currency, unexplained]) => ({ currency, unexplained }))
}

function Unexplained({ totals: perGateway, last_run: last, last_runs: runs }: Reconciliation) {
	const totals = unexplainedByCurrency(perGateway)
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
				: runs.every(({ compared }) => compared === 0)
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

const sumOf = (runs: Reconciliation['last_runs'], figure: 'compared' | 'healed'): number =>
	runs.reduce((sum, run) => sum + run[figure], 0)

/** What the last comparison came to, and when the next one is. */
export function ReconciliationTiles({ summary, healed }: { summary: Reconciliation; healed: number }) {
	const {
		last_run: last,
		last_runs: runs,
		current_run: current,
		next_run: next,
		open_differences: open,
	} = summary
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
				note={last ? `${sumOf(runs, 'healed')} in the last run` : 'nothing yet'}
				formula="Differences that were put right by themselves: a message of the gateway that never arrived, a fee that was not known yet. No money is ever moved to do so."
			>
				{healed}
			</Tile>
			<Tile
				label="Compared"
				note={last ? 'in the last run' : 'nothing yet'}
				formula="Charges, refunds and lines of the gateway’s account that the last run held against our books and our ledger."
			>
				{last ? sumOf(runs, 'compared').toLocaleString('en-US') : '–'}
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
