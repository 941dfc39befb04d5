import { Link } from '@remix-run/react'
import type { JobState } from '#app/domain/queues/job-state.ts'
import { cn } from '../kit/class-names.ts'
import type { Place } from '../kit/pager.tsx'
import { JOB_STATE_ORDER, JOB_STATE_WORDS } from './job-words.ts'

type Shown = { queue: string; state: JobState | null }

export function jobsLink({ queue, state }: Shown, place: Place = {}): string {
	const query = new URLSearchParams({ ...(state && { state }), ...place }).toString()
	return `/console/queues/${queue}${query ? `?${query}` : ''}`
}

/** Links and not buttons: what is shown stands in the URL. */
export function JobStateFilter({ queue, state }: Shown) {
	return (
		<nav aria-label="Filter jobs" className="flex gap-1.5 overflow-x-auto border-b border-line px-4 py-2.5">
			{[null, ...JOB_STATE_ORDER].map((choice) => (
				<Link
					key={choice ?? 'all'}
					to={jobsLink({ queue, state: choice })}
					prefetch="intent"
					preventScrollReset
					aria-current={choice === state ? 'page' : undefined}
					className={cn(
						'inline-flex h-8 shrink-0 items-center rounded-full border px-3 text-sm transition-colors pointer-coarse:h-10',
						choice === state
							? 'border-accent/40 bg-accent-soft font-medium text-accent'
							: 'border-line-strong text-muted hover:bg-sunken hover:text-ink',
					)}
				>
					{choice ? JOB_STATE_WORDS[choice].label : 'All'}
				</Link>
			))}
		</nav>
	)
}
