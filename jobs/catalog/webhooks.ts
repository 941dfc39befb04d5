import { z } from 'zod'
import { defineJob } from './define.ts'

/** Applies one verified message of a gateway. */
export const applyWebhook = defineJob({
	name: 'webhooks.apply',
	payload: z.object({ inboxId: z.string() }),
	queue: {
		retryLimit: 12,
		retryDelay: 2,
		retryBackoff: true,
		expireInSeconds: 120,
		heartbeatSeconds: 15,
		partition: true,
	},
})
