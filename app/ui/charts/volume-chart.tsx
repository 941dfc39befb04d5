import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Overview } from '#app/contracts/console.ts'
import { exponentOf } from '#app/domain/money/currency.ts'
import { formatMoney } from '../kit/money.tsx'
import { TICK, bucketLabel, tickInterval } from './chart-axis.ts'
import { ChartTooltip } from './chart-tooltip.tsx'

type Bucket = Overview['series'][number]

/** Round figures for the axis only; exact amounts stand in the tooltip. */
function axisMoney(amount: number, currency: string): string {
	return new Intl.NumberFormat('en-US', {
		style: 'currency',
		currency: currency.toUpperCase(),
		notation: 'compact',
		minimumFractionDigits: 0,
		maximumFractionDigits: 1,
	}).format(amount / 10 ** exponentOf(currency))
}

export function VolumeChart({ overview }: { overview: Overview }) {
	const { series, currency, period } = overview
	return (
		<ResponsiveContainer width="100%" height="100%">
			<BarChart data={series} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} barCategoryGap="18%">
				<CartesianGrid vertical={false} stroke="var(--line)" />
				<XAxis
					dataKey="at"
					tickFormatter={(at: string) => bucketLabel(at, period)}
					tick={TICK}
					tickLine={false}
					axisLine={{ stroke: 'var(--line)' }}
					interval={tickInterval(series.length)}
					height={24}
				/>
				<YAxis
					tickFormatter={(amount: number) => axisMoney(amount, currency)}
					tick={TICK}
					tickLine={false}
					axisLine={false}
					width={52}
				/>
				<Tooltip
					cursor={{ fill: 'var(--sunken)' }}
					isAnimationActive={false}
					content={({ active, payload }) => {
						const bucket = payload?.[0]?.payload as Bucket | undefined
						if (!active || !bucket) return null
						const value = formatMoney(bucket.volume, currency)
						return <ChartTooltip at={bucket.at} lines={[{ name: 'Volume', value, color: 'var(--accent)' }]} />
					}}
				/>
				<Bar dataKey="volume" fill="var(--accent)" radius={[3, 3, 0, 0]} isAnimationActive={false} />
			</BarChart>
		</ResponsiveContainer>
	)
}
