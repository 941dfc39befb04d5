import { z } from 'zod'
import { PaymentId } from '../../app/contracts/ids.ts'
import { defineJob, EVERY_MINUTE } from './define.ts'
import { GATEWAY_CALL } from './gateway-call.ts'

/** Scores a confirmed payment, then charges it: one job, since a hop between them costs a fetch. */
export const processPayment = defineJob({
	name: 'payments.process',
	payload: z.object({ paymentId: PaymentId }),
	queue: { ...GATEWAY_CALL, partition: true },
})

/** Carries a requested capture or cancel to the gateway. */
export const operateOnPayment = defineJob({
	name: 'payments.operate',
	payload: z.object({ paymentId: PaymentId }),
	queue: GATEWAY_CALL,
})

/** Takes the money of a try whose payer has approved it. */
export const completeAttempt = defineJob({
	name: 'payments.complete',
	payload: z.object({ attemptId: z.string() }),
	queue: GATEWAY_CALL,
})

/** Asks the gateway what became of an attempt without an answer; a reader's question does not use up the schedule. */
export const checkAttempt = defineJob({
	name: 'payments.check-attempt',
	payload: z.object({ attemptId: z.string(), asked: z.enum(['schedule', 'reader']).default('schedule') }),
	queue: GATEWAY_CALL,
})

/**
 * Sends a reserved refund to the gateway, and asks again while its outcome is unknown. `check` is the number of
 * questions asked before: a job whose question was asked already does nothing.
 */
export const sendRefund = defineJob({
	name: 'refunds.send',
	payload: z.object({ refundId: z.string(), check: z.int().min(0).default(0) }),
	queue: GATEWAY_CALL,
})

/** Finds refunds that should have moved by now: sends them again, or ends those nobody approved in time. */
export const watchRefunds = defineJob({
	name: 'refunds.watch',
	payload: z.object({}),
	round: { cron: EVERY_MINUTE, payload: {} },
	queue: GATEWAY_CALL,
})

/** Ends what waited too long: unpaid payments after 24 h, authorizations after 7 days. */
export const expirePayments = defineJob({
	name: 'payments.expire',
	payload: z.object({}),
	round: { cron: EVERY_MINUTE, payload: {} },
	queue: GATEWAY_CALL,
})
