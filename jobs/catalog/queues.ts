import type { PgBoss } from 'pg-boss'
import { sayAuditHeads, verifyAudit } from './audit.ts'
import type { AnyJob } from './define.ts'
import { checkDispute, discoverDisputes, sendDisputeAnswer, watchDisputes } from './disputes.ts'
import { trainFraudModel } from './fraud.ts'
import { refreshRates } from './fx.ts'
import { tidyAttention, verifyIntegrity } from './integrity.ts'
import { sendMail } from './mail.ts'
import {
	checkAttempt,
	completeAttempt,
	expirePayments,
	operateOnPayment,
	processPayment,
	sendRefund,
	watchRefunds,
} from './payments.ts'
import { sealPersonalData } from './privacy.ts'
import { runReconciliation } from './reconciliation.ts'
import { applyWebhook } from './webhooks.ts'

export const JOBS: readonly AnyJob[] = [
	processPayment,
	operateOnPayment,
	completeAttempt,
	checkAttempt,
	sendRefund,
	watchRefunds,
	expirePayments,
	applyWebhook,
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
]

/** Jobs that failed for good wait here for the worker that puts them before a person. */
export const DEAD_LETTERS = 'dead-letters'

const YEAR_SECONDS = 365 * 86_400

/** The dead are told of as long as it takes: a lost connection must not lose them a second time. */
const TELLING = {
	retryLimit: 10_000,
	retryDelay: 5,
	retryBackoff: true,
	retryDelayMax: 300,
	expireInSeconds: 60,
	heartbeatSeconds: 10,
	retentionSeconds: YEAR_SECONDS,
} as const

/** Creates what is missing and brings the rest to the present policy; jobs are kept. Safe to run at every start. */
export async function createQueues(boss: PgBoss): Promise<void> {
	const existing = new Set((await boss.getQueues()).map((queue) => queue.name))
	if (existing.has(DEAD_LETTERS)) await boss.updateQueue(DEAD_LETTERS, TELLING)
	else await boss.createQueue(DEAD_LETTERS, TELLING)
	for (const { name, queue } of JOBS) {
		const { partition, ...policy } = queue
		const kept = {
			...policy,
			deadLetter: DEAD_LETTERS,
			retentionSeconds: YEAR_SECONDS,
			deleteAfterSeconds: 7 * 86_400,
		}
		if (existing.has(name)) await boss.updateQueue(name, kept)
		else await boss.createQueue(name, { ...kept, partition })
	}
}
