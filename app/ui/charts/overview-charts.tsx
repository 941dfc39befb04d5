import { ChartColumn } from 'lucide-react'
import { lazy } from 'react'
import { PERIODS, type Overview } from '#app/contracts/console.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { Panel } from '../kit/card.tsx'
import { formatMoney } from '../kit/money.tsx'
import { ChartFrame } from './chart-frame.tsx'
import { OUTCOMES } from './outcomes.ts'

// recharts is large and slow on the server: it is fetched by the browser, when there is something to draw.
const VolumeChart = lazy(async () => ({ default: (await import('./volume-chart.tsx')).VolumeChart }))
const OutcomesChart = lazy(async () => ({ default: (await import('./outcomes-chart.tsx')).OutcomesChart }))

export function OverviewCharts({ overview }: { overview: Overview }) {
	const { series, currency, period, tiles } = overview
	const span = PERIODS[period].label.toLowerCase()
	const sum = (key: 'succeeded' | 'failed' | 'open') =>
		series.reduce((total, bucket) => total + bucket[key], 0)
	const nothing = series.every(
		({ volume, succeeded, failed, open }) => volume + succeeded + failed + open === 0,
	)
	const empty = (
		<EmptyState icon={ChartColumn} title="Nothing in this period" className="h-56 content-center py-0">
			The first payment draws the first bar.
		</EmptyState>
	)
	return (
		<div className="grid gap-4 lg:grid-cols-2">
			<Panel title="Volume">
				{nothing ? (
					empty
				) : (
					<ChartFrame
						summary={`Volume per bucket, ${span}: ${formatMoney(tiles.volume.amount, currency)} in total`}
					>
						<VolumeChart overview={overview} />
					</ChartFrame>
				)}
			</Panel>
			<Panel title="Outcomes" action={<Legend />}>
				{nothing ? (
					empty
				) : (
					<ChartFrame
						summary={`Payments by outcome, ${span}: ${sum('succeeded')} succeeded, ${sum('open')} still open, ${sum('failed')} failed, declined or canceled`}
					>
						<OutcomesChart overview={overview} />
					</ChartFrame>
				)}
			</Panel>
		</div>
	)
}

function Legend() {
	return (
		<ul className="flex flex-wrap justify-end gap-x-3 gap-y-0.5 text-xs text-muted">
			{OUTCOMES.map(({ key, name, color }) => (
				<li key={key} className="flex items-center gap-1.5">
					<span aria-hidden="true" className="size-2 rounded-[2px]" style={{ background: color }} />
					{name}
				</li>
			))}
		</ul>
	)
}
