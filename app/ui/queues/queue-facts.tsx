import type { ReactNode } from 'react'
import type { QueueFigures } from '#app/contracts/queues.ts'
import { formatCount, formatDuration } from '../console/format-measure.ts'
import { Explain } from '../kit/explain.tsx'

const seconds = (value: number | null | undefined): string =>
	formatDuration(value === null || value === undefined ? null : value * 1_000)

type FactProps = { label: string; explains: string; note: ReactNode; children: ReactNode }

function Fact({ label, explains, note, children }: FactProps) {
	return (
		<div className="min-w-0 bg-panel p-4">
			<dt className="flex items-center gap-1 text-sm text-muted">
				{label}
				<Explain about={label}>{explains}</Explain>
			</dt>
			<dd className="mt-1 text-2xl font-semibold tracking-tight text-ink tabular-nums">{children}</dd>
			<dd className="text-sm text-muted tabular-nums">{note}</dd>
		</div>
	)
}

/** How one queue stands. */
export function QueueFacts({ queue }: { queue: QueueFigures }) {
	return (
		<dl className="mb-4 grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line shadow-card lg:grid-cols-4">
			<Fact
				label="Ready"
				explains="Jobs a worker could take now. Counted every ten seconds."
				note={queue.oldestSeconds === null ? 'Nothing waits' : `Oldest: ${seconds(queue.oldestSeconds)}`}
			>
				{formatCount(queue.ready)}
			</Fact>
			<Fact
				label="Running"
				explains="Jobs that a worker has in hand."
				note={`${formatCount(queue.deferred)} for later`}
			>
				{formatCount(queue.active)}
			</Fact>
			<Fact
				label="Done in the last hour"
				explains="Jobs that ended well within the last hour."
				note={`${formatCount(queue.failedLately)} failed for good`}
			>
				{formatCount(queue.completed)}
			</Fact>
			<Fact
				label="Run time"
				explains="How long jobs of the last hour ran: half of them took at most the large figure."
				note={`95 % within ${seconds(queue.run?.p95)}, waited ${seconds(queue.wait?.p95)}`}
			>
				{seconds(queue.run?.p50)}
			</Fact>
		</dl>
	)
}
