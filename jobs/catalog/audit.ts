import { z } from 'zod'
import { defineJob } from './define.ts'

const READING = {
	retryLimit: 3,
	retryDelay: 60,
	retryBackoff: true,
	expireInSeconds: 900,
	heartbeatSeconds: 10,
	partition: false,
} as const

/** Walks every merchant's audit chain. It reads one table and calls nobody. */
export const verifyAudit = defineJob({
	name: 'audit.verify',
	/** Null: all merchants. */
	payload: z.object({ merchantId: z.string().nullable().default(null) }),
	round: { cron: '17 * * * *', payload: {} },
	queue: READING,
})

/** Says the last line of every chain in the log, so that it exists outside the database. */
export const sayAuditHeads = defineJob({
	name: 'audit.heads',
	payload: z.object({}),
	round: { cron: '23 2 * * *', payload: {} },
	queue: READING,
})
