import type { PgBoss } from 'pg-boss'
import type { AnyJob } from './define.ts'
import { checkAttempt, expirePayments, operateOnPayment, processPayment, sendRefund } from './payments.ts'
import { applyWebhook } from './webhooks.ts'

export const JOBS: readonly AnyJob[] = [
	processPayment,
	operateOnPayment,
	checkAttempt,
	sendRefund,
	expirePayments,
	applyWebhook,
]

/** Jobs that failed for good wait here for the worker that puts them before a person. */
export const DEAD_LETTERS = 'dead-letters'

/** Creates what is missing; existing queues keep their jobs. Safe to run at every start. */
export async function createQueues(boss: PgBoss): Promise<void> {
	const existing = new Set((await boss.getQueues()).map((queue) => queue.name))
	if (!existing.has(DEAD_LETTERS)) {
		await boss.createQueue(DEAD_LETTERS, { retryLimit: 20, retentionSeconds: 365 * 86_400 })
	}
	for (const { name, queue } of JOBS) {
		if (existing.has(name)) continue
		await boss.createQueue(name, {
			...queue,
			deadLetter: DEAD_LETTERS,
			retentionSeconds: 365 * 86_400,
			deleteAfterSeconds: 7 * 86_400,
		})
	}
}
