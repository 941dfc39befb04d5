import { z } from 'zod'
import { defineJob, EVERY_MINUTE } from './define.ts'

/** Checks every promise of db/invariants.sql. It reads whole tables and calls nobody. */
export const verifyIntegrity = defineJob({
	name: 'integrity.verify',
	/** `hourly` runs are left out when one has just ended. */
	payload: z.object({ requestedBy: z.string().default('hourly') }),
	round: { cron: '7 * * * *', payload: {} },
	queue: {
		retryLimit: 3,
		retryDelay: 60,
		retryBackoff: true,
		expireInSeconds: 900,
		heartbeatSeconds: 10,
		partition: false,
	},
})

/** Closes attention items whose cause has disappeared. */
export const tidyAttention = defineJob({
	name: 'attention.tidy',
	payload: z.object({}),
	round: { cron: EVERY_MINUTE, payload: {} },
	queue: {
		retryLimit: 3,
		retryDelay: 10,
		retryBackoff: true,
		expireInSeconds: 60,
		heartbeatSeconds: 10,
		partition: false,
	},
})
