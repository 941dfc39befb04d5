/** The parts of a bar from the ground up, and their legend. */
export const OUTCOMES = [
	{ key: 'succeeded', name: 'Succeeded', color: 'var(--accent)' },
	{ key: 'open', name: 'Still open', color: 'var(--chart-open)' },
	{ key: 'failed', name: 'Failed, declined or canceled', color: 'var(--chart-bad)' },
] as const
