import { z } from 'zod'
import { INVARIANT_GROUPS } from '../domain/integrity/invariant-words.ts'

/** One run of all checks, without a word about whose rows they were. Times are Unix ms. */
export const IntegrityRunView = z.object({
	started_ms: z.number().int(),
	finished_ms: z.number().int().nullable(),
	rows_checked: z.number().int().nullable(),
	/** Rows that break a promise; null when the check could not be made. */
	violations: z.number().int().nullable(),
	result: z.enum(['holds', 'broken', 'failed', 'running']),
})
export type IntegrityRunView = z.infer<typeof IntegrityRunView>

/** What the house says of its own books: GET /api/v1/integrity and the page /integrity. */
export const IntegrityReport = z.object({
	object: z.literal('integrity'),
	/** `failed`: the last check could not be made. `stale`: it is more than two hours old. `never`: none has ended. */
	status: z.enum(['never', 'holds', 'broken', 'failed', 'stale']),
	/** Of the newest check that came to a result. */
	checked_ms: z.number().int().nullable(),
	took_ms: z.number().int().nullable(),
	rows_checked: z.number().int().nullable(),
	violations: z.number().int().nullable(),
	/** Every promise with the rows that break it; null when no check has said. */
	promises: z.array(
		z.object({
			id: z.string(),
			group: z.enum(INVARIANT_GROUPS),
			says: z.string(),
			violations: z.number().int().nullable(),
		}),
	),
	/** The latest runs, oldest first. */
	runs: z.array(IntegrityRunView),
})
export type IntegrityReport = z.infer<typeof IntegrityReport>
