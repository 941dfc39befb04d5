import { Link } from '@remix-run/react'
import type { QueueFigures } from '#app/contracts/queues.ts'
import { formatCount, formatDuration } from '../console/format-measure.ts'
import { Badge } from '../kit/badge.tsx'
import { cn } from '../kit/class-names.ts'
import { Table, Td, Th, Tr } from '../kit/table.tsx'
import { QueueSwitch } from './queue-switch.tsx'

const seconds = (value: number | null): string => formatDuration(value === null ? null : value * 1_000)

const NUMBER = 'text-right tabular-nums'
/** What a phone has no room for stands on the queue's own page. */
const MORE = 'whitespace-nowrap text-muted max-sm:hidden'

function Count({ value, tone }: { value: number; tone?: string }) {
	return <span className={value === 0 ? 'text-faint' : (tone ?? 'text-ink')}>{formatCount(value)}</span>
}

/** Every queue in a line: how much waits, for how long, and how it went in the last hour. */
export function QueueTable({ queues }: { queues: readonly QueueFigures[] }) {
	return (
		<Table aria-label="Queues">
			<thead>
				<tr>
					<Th>Queue</Th>
					<Th className="text-right">Ready</Th>
					<Th className="text-right max-sm:hidden">Oldest</Th>
					<Th className="text-right">Running</Th>
					<Th className="text-right">Failed</Th>
					<Th className="text-right max-sm:hidden">Done in 1 h</Th>
					<Th className="text-right max-sm:hidden" title="95 of 100 jobs of the last hour waited no longer">
						Wait, 95 %
					</Th>
					<Th className="text-right max-sm:hidden" title="95 of 100 jobs of the last hour ran no longer">
						Run, 95 %
					</Th>
					<Th>
						<span className="sr-only">Actions</span>
					</Th>
				</tr>
			</thead>
			<tbody>
				{queues.map((queue) => (
					<Tr key={queue.name} data-queue={queue.name}>
						<Td className="min-w-40 sm:min-w-64">
							<Link
								to={`/console/queues/${queue.name}`}
								prefetch="intent"
								className="rounded-sm font-mono text-sm font-medium text-accent hover:underline"
							>
								{queue.name}
							</Link>
							{queue.paused && (
								<Badge tone="warn" className="ml-2" title={queue.paused.reason}>
									Paused
								</Badge>
							)}
							<p className="text-sm text-muted">{queue.words}</p>
						</Td>
						<Td className={NUMBER}>
							<Count value={queue.ready} />
						</Td>
						<Td className={cn(NUMBER, MORE)}>{seconds(queue.oldestSeconds)}</Td>
						<Td className={NUMBER}>
							<Count value={queue.active} />
						</Td>
						<Td className={NUMBER}>
							<Count value={queue.failed} tone="font-medium text-bad" />
						</Td>
						<Td className={cn(NUMBER, 'max-sm:hidden')}>
							<Count value={queue.completed} />
						</Td>
						<Td className={cn(NUMBER, MORE)}>{seconds(queue.wait?.p95 ?? null)}</Td>
						<Td className={cn(NUMBER, MORE)}>{seconds(queue.run?.p95 ?? null)}</Td>
						<Td className="text-right">
							<QueueSwitch queue={queue} asIcon />
						</Td>
					</Tr>
				))}
			</tbody>
		</Table>
	)
}
