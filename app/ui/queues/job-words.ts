import type { JobState } from '#app/domain/queues/job-state.ts'
import type { Tone } from '../kit/badge.tsx'

export const JOB_STATE_WORDS: Readonly<Record<JobState, { label: string; tone: Tone; explains: string }>> = {
	created: { label: 'Waiting', tone: 'wait', explains: 'No worker has taken it yet.' },
	retry: { label: 'Will be tried again', tone: 'warn', explains: 'It failed, and its next try has a time.' },
	active: { label: 'Running', tone: 'accent', explains: 'A worker has it in hand.' },
	completed: { label: 'Done', tone: 'good', explains: 'It ended well.' },
	cancelled: { label: 'Canceled', tone: 'neutral', explains: 'A person took it out of the queue.' },
	failed: { label: 'Failed', tone: 'bad', explains: 'Every try failed. It waits for a person.' },
}

/** In the order in which one looks: what is wrong first. */
export const JOB_STATE_ORDER: readonly JobState[] = [
	'failed',
	'retry',
	'active',
	'created',
	'completed',
	'cancelled',
]
