/** As the queue itself calls them (pg-boss). */
export const JOB_STATES = ['created', 'retry', 'active', 'completed', 'cancelled', 'failed'] as const
export type JobState = (typeof JOB_STATES)[number]

/** What a person can do to one job. */
export type JobAction = 'retry' | 'edit' | 'cancel'

const ACTIONS: Readonly<Record<JobState, readonly JobAction[]>> = {
	created: ['edit', 'cancel'],
	retry: ['edit', 'cancel'],
	// Its worker may be in the middle of a call at the gateway: what is running is never pulled away.
	active: [],
	completed: [],
	cancelled: ['retry', 'edit'],
	failed: ['retry', 'edit'],
}

export const actionsOn = (state: JobState): readonly JobAction[] => ACTIONS[state]

/** Whether a worker would take it now, or will when its time has come. */
export const isWaiting = (state: JobState): boolean => state === 'created' || state === 'retry'
