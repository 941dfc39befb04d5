import { Link } from '@remix-run/react'
import { ChartColumn, Layers } from 'lucide-react'
import { lazy } from 'react'
import type { QueueView } from '#app/contracts/queues.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { plural } from '../console/format-measure.ts'
import { Banner } from '../kit/banner.tsx'
import { Panel } from '../kit/card.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { Pager } from '../kit/pager.tsx'
import { Time } from '../kit/time.tsx'
import { JobStateFilter, jobsLink } from './job-state-filter.tsx'
import { JobTable } from './job-table.tsx'
import { JOB_STATE_WORDS } from './job-words.ts'
import { QueueFacts } from './queue-facts.tsx'
import { QueueSwitch } from './queue-switch.tsx'
import { RedrivePanel } from './redrive-panel.tsx'

// recharts is fetched by the browser, when there is something to draw.
const QueueChart = lazy(async () => ({ default: (await import('../charts/queue-chart.tsx')).QueueChart }))

export function QueuePage({ view }: { view: QueueView }) {
	const { figures, state, jobs, hasMore, place } = view
	const shown = { queue: figures.name, state }
	return (
		<>
			<PageHeader
				above={
					<Link to="/console/queues" className="rounded-sm text-sm text-muted hover:text-ink">
						Queues
					</Link>
				}
				title={<span className="font-mono text-xl">{figures.name}</span>}
				below={`${figures.words}.`}
				actions={<QueueSwitch queue={figures} />}
			/>
			{figures.paused && (
				<div className="mb-4">
					<Banner tone="warn">
						Paused <Time at={figures.paused.at} />: {figures.paused.reason} Nothing new is taken until it is
						resumed.
					</Banner>
				</div>
			)}
			<QueueFacts queue={figures} />
			<Panel
				title="Ended"
				note="Jobs that ended, five minutes a bar, over the last three hours."
				className="mb-4"
			>
				<Ended view={view} />
			</Panel>
			<RedrivePanel view={view} />
			<Panel flush title="Jobs" note="Kept for seven days after they ended.">
				<JobStateFilter {...shown} />
				{jobs.length > 0 ? (
					<JobTable jobs={jobs} />
				) : (
					<EmptyState icon={Layers} title={state ? 'No such job' : 'No jobs yet'}>
						{state ? JOB_STATE_WORDS[state].explains : 'What this queue is given to do appears here.'}
					</EmptyState>
				)}
				<Pager
					ids={jobs.map(({ id }) => id)}
					hasMore={hasMore}
					place={place}
					linkTo={(to) => jobsLink(shown, to)}
				/>
			</Panel>
		</>
	)
}

function Ended({ view: { series } }: { view: QueueView }) {
	const sum = (key: 'completed' | 'failed') => series.reduce((total, point) => total + point[key], 0)
	const [completed, failed] = [sum('completed'), sum('failed')]
	if (completed + failed === 0) {
		return (
			<EmptyState icon={ChartColumn} title="Nothing ended" className="h-56 content-center py-0">
				No job of this queue ended in the last three hours.
			</EmptyState>
		)
	}
	return (
		<ChartFrame summary={`${plural(completed, 'job')} done and ${failed} failed in the last three hours`}>
			<QueueChart series={series} />
		</ChartFrame>
	)
}
