import { z } from 'zod'
import { defineJob } from './define.ts'

/** Trains the next model. A worker that dies leaves the one in charge where it is; the next round makes up for it. */
export const trainFraudModel = defineJob({
	name: 'fraud.train',
	payload: z.object({ seed: z.int().default(1) }),
	round: { cron: '40 3 * * 1', payload: {} },
	queue: {
		retryLimit: 2,
		retryDelay: 300,
		retryBackoff: true,
		expireInSeconds: 1_800,
		heartbeatSeconds: 10,
		partition: false,
	},
})
