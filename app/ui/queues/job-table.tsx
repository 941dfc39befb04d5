import { Link } from '@remix-run/react'
import type { JobView } from '#app/contracts/queues.ts'
import { formatDuration } from '../console/format-measure.ts'
import { Badge } from '../kit/badge.tsx'
import { Table, Td, Th, Tr } from '../kit/table.tsx'
import { Time } from '../kit/time.tsx'
import { JOB_STATE_WORDS } from './job-words.ts'

export const jobLink = ({ queue, id }: Pick<JobView, 'queue' | 'id'>): string =>
	`/console/queues/${queue}/jobs/${id}`

export function JobBadge({ state }: Pick<JobView, 'state'>) {
	const { label, tone, explains } = JOB_STATE_WORDS[state]
	return (
		<Badge tone={tone} title={explains}>
			{label}
		</Badge>
	)
}

const ranFor = ({ startedAt, endedAt }: JobView): string =>
	formatDuration(startedAt !== null && endedAt !== null ? endedAt - startedAt : null)

export function JobTable({ jobs }: { jobs: readonly JobView[] }) {
	return (
		<Table aria-label="Jobs">
			<thead>
				<tr>
					<Th>About</Th>
					<Th>State</Th>
					<Th className="text-right max-sm:hidden">Tries</Th>
					<Th className="text-right max-sm:hidden">Ran for</Th>
					<Th className="text-right">Queued</Th>
				</tr>
			</thead>
			<tbody>
				{jobs.map((job) => (
					<Tr key={job.id} data-job={job.id}>
						<Td className="max-w-36 sm:max-w-72">
							<Link
								to={jobLink(job)}
								prefetch="intent"
								className="block truncate rounded-sm font-mono text-sm text-accent hover:underline"
							>
								{job.subject?.id ?? job.id}
							</Link>
						</Td>
						<Td>
							<JobBadge state={job.state} />
						</Td>
						<Td className="text-right whitespace-nowrap text-muted tabular-nums max-sm:hidden">
							{job.tries} of {job.mostTries}
						</Td>
						<Td className="text-right whitespace-nowrap text-muted tabular-nums max-sm:hidden">
							{ranFor(job)}
						</Td>
						<Td className="text-right text-muted">
							<Time at={job.createdAt} />
						</Td>
					</Tr>
				))}
			</tbody>
		</Table>
	)
}
