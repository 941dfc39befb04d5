import { z } from 'zod'
import { DisputeId } from '../../app/contracts/ids.ts'
import { defineJob, EVERY_MINUTE } from './define.ts'
import { GATEWAY_CALL } from './gateway-call.ts'

/** Carries evidence, or the word that a case is given up, to the gateway. */
export const sendDisputeAnswer = defineJob({
	name: 'disputes.send',
	payload: z.object({ disputeId: DisputeId }),
	queue: GATEWAY_CALL,
})

/** Asks the gateway how a case stands. */
export const checkDispute = defineJob({
	name: 'disputes.check',
	payload: z.object({ disputeId: DisputeId }),
	queue: GATEWAY_CALL,
})

/** Counts down to due dates, and asks again about what is open. */
export const watchDisputes = defineJob({
	name: 'disputes.watch',
	payload: z.object({}),
	round: { cron: EVERY_MINUTE, payload: {} },
	queue: GATEWAY_CALL,
})

/** Looks for cases whose messages never arrived. */
export const discoverDisputes = defineJob({
	name: 'disputes.discover',
	payload: z.object({}),
	round: { cron: '*/10 * * * *', payload: {} },
	queue: GATEWAY_CALL,
})
