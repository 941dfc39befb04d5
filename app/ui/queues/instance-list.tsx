import type { QueueInstance } from '#app/contracts/queues.ts'
import { formatDuration } from '../console/format-measure.ts'
import { Badge } from '../kit/badge.tsx'
import { Time } from '../kit/time.tsx'

const MEGABYTE = 1_048_576

const megabytes = (bytes: number | null): string =>
	bytes === null ? '–' : `${Math.round(bytes / MEGABYTE)} MB`

/** The processes that know the queues: which of them work, and which have gone quiet. */
export function InstanceList({ instances }: { instances: readonly QueueInstance[] }) {
	return (
		<ul aria-label="Processes">
			{instances.map((one) => (
				<li key={one.id} className="grid gap-1 border-b border-line px-4 py-2.5 last:border-b-0">
					<div className="flex flex-wrap items-center gap-2">
						<span className="font-mono text-sm text-ink">
							{one.host} · {one.pid}
						</span>
						<Badge tone={one.isLive ? 'good' : 'bad'}>{one.isLive ? 'Here' : 'Not heard from'}</Badge>
						<Badge>{one.isWorking ? 'Answers and works' : 'Answers only'}</Badge>
					</div>
					<p className="text-sm text-muted">
						Started <Time at={one.startedAt} />, heard from <Time at={one.heardAt} /> ·{' '}
						{megabytes(one.memoryBytes)} · event loop behind by {formatDuration(one.loopDelayMs)}
						{one.crashes > 0 && ` · ended without a word ${one.crashes}×`}
					</p>
				</li>
			))}
		</ul>
	)
}
