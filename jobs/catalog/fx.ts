import { z } from 'zod'
import { defineJob } from './define.ts'

/** In UTC. The ECB publishes at about 16:00 in Frankfurt on working days; the other rounds make up for one that failed. */
export const REFRESH_AT = { hours: [4, 10, 16, 22], minute: 15 } as const

/** Reads the newest exchange rates. Trouble with the file is no reason to try again at once: the next round does. */
export const refreshRates = defineJob({
	name: 'fx.refresh',
	payload: z.object({}),
	round: { cron: `${REFRESH_AT.minute} ${REFRESH_AT.hours.join(',')} * * *`, payload: {} },
	queue: {
		retryLimit: 5,
		retryDelay: 30,
		retryBackoff: true,
		expireInSeconds: 60,
		heartbeatSeconds: 10,
		partition: false,
	},
})
