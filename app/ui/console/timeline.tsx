import type { TimelineEntry } from '#app/contracts/console.ts'
import { cn } from '../kit/class-names.ts'
import { Time } from '../kit/time.tsx'

const DOTS = {
	neutral: 'bg-faint',
	good: 'bg-good',
	bad: 'bg-bad',
	waiting: 'bg-wait',
} as const satisfies Record<TimelineEntry['tone'], string>

export function Timeline({ entries }: { entries: TimelineEntry[] }) {
	return (
		<ol className="relative">
			{entries.map(({ id, at, title, detail, cause, tone }, index) => (
				<li
					key={id}
					className="relative grid animate-fade-in grid-cols-[1rem_minmax(0,1fr)] gap-x-3 pb-4 last:pb-0"
				>
					{index < entries.length - 1 && (
						<span aria-hidden="true" className="absolute top-3 bottom-0 left-[0.46875rem] w-px bg-line" />
					)}
					<span
						aria-hidden="true"
						className={cn(
							'relative mt-1.5 size-2.5 justify-self-center rounded-full ring-4 ring-panel',
							DOTS[tone],
						)}
					/>
					<div className="min-w-0">
						<div className="flex flex-wrap items-baseline justify-between gap-x-3">
							<p className="font-medium text-ink">{title}</p>
							<Time at={at} mode="absolute" className="text-sm text-muted" />
						</div>
						{detail && <p className="text-muted">{detail}</p>}
						<p className="truncate text-sm text-faint" title={cause.ref ?? undefined}>
							{cause.label}
							{cause.ref && <span className="ml-1.5 font-mono text-xs">{cause.ref}</span>}
						</p>
					</div>
				</li>
			))}
		</ol>
	)
}
