import { bucketTitle } from './chart-axis.ts'

type Line = { name: string; value: string; color: string }

export function ChartTooltip({ at, lines }: { at: string; lines: Line[] }) {
	return (
		<div className="rounded-md border border-line bg-panel px-3 py-2 text-sm shadow-pop">
			<p className="mb-1 text-muted">From {bucketTitle(at)}</p>
			{lines.map(({ name, value, color }) => (
				<p key={name} className="flex items-center gap-2">
					<span className="size-2 rounded-[2px]" style={{ background: color }} />
					<span className="text-muted">{name}</span>
					<span className="ml-auto pl-4 font-medium tabular-nums">{value}</span>
				</p>
			))}
		</div>
	)
}
