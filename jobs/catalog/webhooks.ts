import { z } from 'zod'
import { defineJob } from './define.ts'

/** Applies one verified message of a gateway. */
export const applyWebhook = defineJob({
	name: 'webhooks.apply',
	payload: z.object({ inboxId: z.string() }),
	queue: {
		retryLimit: 20,
		retryDelay: 2,
		retryBackoff: true,
		retryDelayMax: 300,
		expireInSeconds: 120,
		heartbeatSeconds: 10,
		partition: true,
	},
})
