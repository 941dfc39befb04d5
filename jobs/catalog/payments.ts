import { z } from 'zod'
import { PaymentId } from '../../app/contracts/ids.ts'
import { defineJob } from './define.ts'

const gatewayCall = {
	retryLimit: 8,
	retryDelay: 2,
	retryBackoff: true,
	expireInSeconds: 120,
	heartbeatSeconds: 15,
	partition: true,
} as const

/** Scores a confirmed payment, then charges it: one job, since a hop between them costs a fetch. */
export const processPayment = defineJob({
	name: 'payments.process',
	payload: z.object({ paymentId: PaymentId }),
	queue: gatewayCall,
})

/** Carries a requested capture or cancel to the gateway. */
export const operateOnPayment = defineJob({
	name: 'payments.operate',
	payload: z.object({ paymentId: PaymentId }),
	queue: { ...gatewayCall, partition: false },
})

/** Asks the gateway what became of an attempt without an answer. */
export const checkAttempt = defineJob({
	name: 'payments.check-attempt',
	payload: z.object({ attemptId: z.string() }),
	queue: { ...gatewayCall, partition: false },
})

/** Sends a reserved refund to the gateway, and asks again while its outcome is unknown. */
export const sendRefund = defineJob({
	name: 'refunds.send',
	payload: z.object({ refundId: z.string() }),
	queue: { ...gatewayCall, partition: false },
})

/** Ends what waited too long: unpaid payments after 24 h, authorizations after 7 days. */
export const expirePayments = defineJob({
	name: 'payments.expire',
	payload: z.object({}),
	queue: { ...gatewayCall, partition: false },
})
