import applyWebhook from './apply-webhook.ts'
import checkAttempt from './check-attempt.ts'
import checkDispute from './check-dispute.ts'
import completeAttempt from './complete-attempt.ts'
import discoverDisputes from './discover-disputes.ts'
import expirePayments from './expire-payments.ts'
import operateOnPayment from './operate-on-payment.ts'
import processPayment from './process-payment.ts'
import refreshRates from './refresh-rates.ts'
import runReconciliation from './run-reconciliation.ts'
import sayAuditHeads from './say-audit-heads.ts'
import sealPersonalData from './seal-personal-data.ts'
import sendMail from './send-mail.ts'
import sendDisputeAnswer from './send-dispute-answer.ts'
import sendRefund from './send-refund.ts'
import trainFraudModel from './train-fraud-model.ts'
import watchDisputes from './watch-disputes.ts'
import watchRefunds from './watch-refunds.ts'
import tidyAttention from './tidy-attention.ts'
import verifyAudit from './verify-audit.ts'
import verifyIntegrity from './verify-integrity.ts'

export const handlers = [
	processPayment,
	operateOnPayment,
	completeAttempt,
	checkAttempt,
	sendRefund,
	watchRefunds,
	applyWebhook,
	expirePayments,
	runReconciliation,
	verifyIntegrity,
	verifyAudit,
	sayAuditHeads,
	tidyAttention,
	refreshRates,
	sendDisputeAnswer,
	checkDispute,
	watchDisputes,
	discoverDisputes,
	sendMail,
	trainFraudModel,
	sealPersonalData,
] as const
