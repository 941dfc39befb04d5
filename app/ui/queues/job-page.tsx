import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { JobView } from '#app/contracts/queues.ts'
import { formatDuration } from '../console/format-measure.ts'
import { Panel } from '../kit/card.tsx'
import { CopyId } from '../kit/copy-id.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { Time } from '../kit/time.tsx'
import { JobActions } from './job-actions.tsx'
import { JobBadge } from './job-table.tsx'

export function JobPage({ job }: { job: JobView }) {
	return (
		<>
			<PageHeader
				above={
					<Link
						to={`/console/queues/${job.queue}`}
						className="rounded-sm font-mono text-sm text-muted hover:text-ink"
					>
						{job.queue}
					</Link>
				}
				title={job.words}
				below={
					<span className="flex flex-wrap items-center gap-3">
						<JobBadge state={job.state} />
						<CopyId value={job.id} what="job id" />
					</span>
				}
				actions={<JobActions job={job} />}
			/>
			<div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
				<div className="grid min-w-0 gap-4">
					<Panel
						title="What it was given"
						note="Ids only: no amount, no name and no secret is ever in a job."
					>
						<Code text={job.payload} />
					</Panel>
					<Panel title="What it said last">
						{job.output ? <Code text={job.output} /> : <p className="text-muted">Nothing so far.</p>}
					</Panel>
				</div>
				<Panel title="Its way">
					<Facts job={job} />
				</Panel>
			</div>
		</>
	)
}

function Code({ text }: { text: string }) {
	return (
		<pre
			// A long line is scrolled by keyboard as well.
			tabIndex={0}
			className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-sm text-ink"
		>
			{text}
		</pre>
	)
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
	return (
		<div className="flex items-baseline justify-between gap-4 py-1.5">
			<dt className="text-muted">{label}</dt>
			<dd className="min-w-0 text-right text-ink tabular-nums">{children}</dd>
		</div>
	)
}

function Facts({ job }: { job: JobView }) {
	const { subject, payment, startedAt, endedAt } = job
	return (
		<dl className="divide-y divide-line">
			{subject && (
				<Fact label={`About this ${subject.kind}`}>
					<CopyId value={subject.id} what={`${subject.kind} id`} short />
				</Fact>
			)}
			{payment && (
				<Fact label="Payment">
					<Link to={`/console/payments/${payment}`} className="rounded-sm text-accent hover:underline">
						Open the payment
					</Link>
				</Fact>
			)}
			<Fact label="Tries">
				{job.tries} of {job.mostTries}
			</Fact>
			<Fact label="Queued">
				<Time at={job.createdAt} mode="absolute" />
			</Fact>
			<Fact label="Due">
				<Time at={job.dueAt} mode="absolute" />
			</Fact>
			{startedAt !== null && <Fact label="Waited">{formatDuration(Math.max(0, startedAt - job.dueAt))}</Fact>}
			{startedAt !== null && endedAt !== null && (
				<Fact label="Ran for">{formatDuration(endedAt - startedAt)}</Fact>
			)}
			{endedAt !== null && (
				<Fact label="Ended">
					<Time at={endedAt} mode="absolute" />
				</Fact>
			)}
		</dl>
	)
}
