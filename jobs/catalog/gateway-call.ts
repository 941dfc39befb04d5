import type { QueuePolicy } from './define.ts'

/** Of jobs that call a gateway: twelve more tries within some ten minutes, then a person. */
export const GATEWAY_CALL = {
	retryLimit: 12,
	retryDelay: 2,
	retryBackoff: true,
	retryDelayMax: 60,
	expireInSeconds: 120,
	heartbeatSeconds: 10,
	partition: false,
} as const satisfies QueuePolicy
