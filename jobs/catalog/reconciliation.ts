import { z } from 'zod'
import { defineJob } from './define.ts'

export const RECONCILE_AT_MINUTE = 20

/** Compares our books with the gateway's. `from` and `until` can only widen what is read. */
export const runReconciliation = defineJob({
	name: 'reconciliation.run',
	payload: z.object({
		/** hourly, or the person or key that asked. */
		requestedBy: z.string(),
		/** The run that was asked for; nothing is left to do once it is finished. */
		runId: z.string().optional(),
		/** Without one, the books of every connected gateway are read. */
		gateway: z.string().optional(),
		from: z.iso.datetime().optional(),
		until: z.iso.datetime().optional(),
	}),
	// Past the full hour, where other hourly work is.
	round: { cron: `${RECONCILE_AT_MINUTE} * * * *`, payload: { requestedBy: 'hourly' } },
	queue: {
		retryLimit: 5,
		retryDelay: 30,
		retryBackoff: true,
		/** A first run reads everything since the oldest payment. */
		expireInSeconds: 14_400,
		heartbeatSeconds: 15,
		partition: false,
	},
})
