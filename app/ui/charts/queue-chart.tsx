import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { QueuePoint } from '#app/contracts/queues.ts'
import { TICK, bucketLabel, tickInterval } from './chart-axis.ts'
import { ChartTooltip } from './chart-tooltip.tsx'

const PARTS = [
	{ key: 'completed', name: 'Done', color: 'var(--accent)' },
	{ key: 'failed', name: 'Failed', color: 'var(--chart-bad)' },
] as const

export function QueueChart({ series }: { series: readonly QueuePoint[] }) {
	return (
		<ResponsiveContainer width="100%" height="100%">
			<BarChart data={[...series]} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} barCategoryGap="18%">
				<CartesianGrid vertical={false} stroke="var(--line)" />
				<XAxis
					dataKey="at"
					tickFormatter={(at: number) => bucketLabel(new Date(at).toISOString(), '1h')}
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
						const point = payload?.[0]?.payload as QueuePoint | undefined
						if (!active || !point) return null
						const lines = PARTS.map(({ key, name, color }) => ({ name, color, value: String(point[key]) }))
						return <ChartTooltip at={new Date(point.at).toISOString()} lines={lines} />
					}}
				/>
				{PARTS.map(({ key, color }) => (
					<Bar key={key} dataKey={key} stackId="ended" fill={color} isAnimationActive={false} />
				))}
			</BarChart>
		</ResponsiveContainer>
	)
}
