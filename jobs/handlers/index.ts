import applyWebhook from './apply-webhook.ts'
import checkAttempt from './check-attempt.ts'
import expirePayments from './expire-payments.ts'
import operateOnPayment from './operate-on-payment.ts'
import processPayment from './process-payment.ts'
import sendRefund from './send-refund.ts'

export const handlers = [
	processPayment,
	operateOnPayment,
	checkAttempt,
	sendRefund,
	applyWebhook,
	expirePayments,
] as const
