import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Overview } from '#app/contracts/console.ts'
import { TICK, bucketLabel, tickInterval } from './chart-axis.ts'
import { ChartTooltip } from './chart-tooltip.tsx'
import { OUTCOMES } from './outcomes.ts'

type Bucket = Overview['series'][number]

export function OutcomesChart({ overview }: { overview: Overview }) {
	const { series, period } = overview
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
				<YAxis allowDecimals={false} tick={TICK} tickLine={false} axisLine={false} width={36} />
				<Tooltip
					cursor={{ fill: 'var(--sunken)' }}
					isAnimationActive={false}
					content={({ active, payload }) => {
						const bucket = payload?.[0]?.payload as Bucket | undefined
						if (!active || !bucket) return null
						const lines = OUTCOMES.map(({ key, name, color }) => ({
							name,
							color,
							value: String(bucket[key]),
						}))
						return <ChartTooltip at={bucket.at} lines={lines} />
					}}
				/>
				{OUTCOMES.map(({ key, color }) => (
					<Bar key={key} dataKey={key} stackId="outcome" fill={color} isAnimationActive={false} />
				))}
			</BarChart>
		</ResponsiveContainer>
	)
}
