import type { ReactNode } from 'react'
import type { Overview } from '#app/contracts/console.ts'
import { Explain } from '../kit/explain.tsx'
import { formatMoney } from '../kit/money.tsx'
import { formatDuration, formatRate, plural } from './format-measure.ts'

type TileProps = { label: string; formula: ReactNode; value: string; note: string }

function Tile({ label, formula, value, note }: TileProps) {
	return (
		<div className="min-w-0 bg-panel p-4" data-tile={label}>
			<dt className="flex items-center gap-1 text-sm text-muted">
				{label}
				<Explain about={label}>{formula}</Explain>
			</dt>
			<dd className="mt-1 truncate text-2xl font-semibold tracking-tight tabular-nums" title={value}>
				{value}
			</dd>
			<dd className="truncate text-sm text-muted tabular-nums" title={note}>
				{note}
			</dd>
		</div>
	)
}

export function OverviewTiles({ overview }: { overview: Overview }) {
	const { tiles, currency } = overview
	const { volume, successRate, averageTicket, refunds, pendingReview, timeToTerminal } = tiles
	return (
		<dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line shadow-card lg:grid-cols-3 xl:grid-cols-6">
			<Tile
				label="Volume"
				value={formatMoney(volume.amount, currency)}
				note={plural(volume.payments, 'payment')}
				formula={`Sum of the money collected from payments created in this period, before refunds, in ${currency.toUpperCase()}.`}
			/>
			<Tile
				label="Success rate"
				value={formatRate(successRate.rate)}
				note={`${successRate.succeeded} of ${plural(successRate.ended, 'ended', 'ended')}`}
				formula="Succeeded payments divided by all that came to an end: succeeded, failed, canceled, or with the last card declined. Counts payments created in this period."
			/>
			<Tile
				label="Average ticket"
				value={averageTicket.amount === null ? '–' : formatMoney(averageTicket.amount, currency)}
				note="per payment"
				formula="Volume divided by the number of succeeded payments."
			/>
			<Tile
				label="Refunds"
				value={formatMoney(refunds.amount, currency)}
				note={plural(refunds.count, 'refund')}
				formula="Sum of the refunds asked for in this period, done or on their way. It is not taken off the volume."
			/>
			<Tile
				label="Pending review"
				value={String(pendingReview.count)}
				note={`${formatMoney(pendingReview.amount, currency)} waiting`}
				formula="Payments that wait for someone to approve or reject them now, whatever the period."
			/>
			<Tile
				label="Time to result"
				value={formatDuration(timeToTerminal.p95Ms)}
				note={`p95 · median ${formatDuration(timeToTerminal.p50Ms)}`}
				formula="From accepting a payment to its result (succeeded or failed), time a person took included. p95: 95 of 100 were at least this fast."
			/>
		</dl>
	)
}
