import { z } from 'zod'
import { defineJob, EVERY_MINUTE } from './define.ts'

/** Seals what was kept in plain text before payers had keys. Finds nothing to do once that is over. */
export const sealPersonalData = defineJob({
	name: 'privacy.seal',
	payload: z.object({}),
	round: { cron: EVERY_MINUTE, payload: {} },
	queue: {
		retryLimit: 3,
		retryDelay: 10,
		retryBackoff: true,
		expireInSeconds: 900,
		heartbeatSeconds: 10,
		partition: false,
	},
})
