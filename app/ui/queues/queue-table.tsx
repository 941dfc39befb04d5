import { Link } from '@remix-run/react'
import type { QueueFigures, Spread } from '#app/contracts/queues.ts'
import { formatCount, formatDuration } from '../console/format-measure.ts'
import { Badge } from '../kit/badge.tsx'
import { cn } from '../kit/class-names.ts'
import { Table, Td, Th, Tr } from '../kit/table.tsx'
import { QueueSwitch } from './queue-switch.tsx'

const seconds = (value: number | null): string => formatDuration(value === null ? null : value * 1_000)

const spreadText = (spread: Spread | null): string =>
	spread ? `${seconds(spread.p50)} · ${seconds(spread.p95)}` : '–'

const NUMBER = 'text-right tabular-nums'

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
					<Th className="text-right">Oldest</Th>
					<Th className="text-right">Running</Th>
					<Th className="text-right">Later</Th>
					<Th className="text-right">Failed</Th>
					<Th className="text-right">Done, last hour</Th>
					<Th className="text-right">Wait, half · 95 %</Th>
					<Th className="text-right">Run, half · 95 %</Th>
					<Th>
						<span className="sr-only">Actions</span>
					</Th>
				</tr>
			</thead>
			<tbody>
				{queues.map((queue) => (
					<Tr key={queue.name} data-queue={queue.name}>
						<Td className="min-w-60">
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
						<Td className={cn(NUMBER, 'text-muted')}>{seconds(queue.oldestSeconds)}</Td>
						<Td className={NUMBER}>
							<Count value={queue.active} />
						</Td>
						<Td className={NUMBER}>
							<Count value={queue.deferred} />
						</Td>
						<Td className={NUMBER}>
							<Count value={queue.failed} tone="font-medium text-bad" />
						</Td>
						<Td className={NUMBER}>
							<Count value={queue.completed} />
						</Td>
						<Td className={cn(NUMBER, 'whitespace-nowrap text-muted')}>{spreadText(queue.wait)}</Td>
						<Td className={cn(NUMBER, 'whitespace-nowrap text-muted')}>{spreadText(queue.run)}</Td>
						<Td className="text-right">
							<QueueSwitch queue={queue} />
						</Td>
					</Tr>
				))}
			</tbody>
		</Table>
	)
}
