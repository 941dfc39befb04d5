import { inTransaction, type Tx } from '#db/client.ts'
import { closeItems } from '#db/queries/attention.ts'
import { retryPlanOf, type AttentionRow } from '#db/queries/attention-view.ts'
import { lookAgainAtAttempts } from '#db/queries/attempts.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { markAlive } from '#db/queries/dead-letters.ts'
import { postponeRefundLook } from '#db/queries/refunds.ts'
import { postponeLook } from '#db/queries/waiting-payments.ts'
import { verifyIntegrity } from '#jobs/catalog/integrity.ts'
import { checkAttempt, sendRefund } from '#jobs/catalog/payments.ts'
import { JOBS } from '#jobs/catalog/queues.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import type { AttentionItem } from '../../contracts/attention.ts'
import { HOUSE_GRANT } from '../../domain/access/grant.ts'
import type { RetryPlan } from '../../domain/attention/plan-retry.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import {
	CANCEL,
	CAPTURE,
	REJECT,
	requestOperation,
	type OperationSteps,
} from '../payments/request-operation.server.ts'
import { closedItem, isMoving, takeItem, type AttentionDeps } from './settle-attention.server.ts'

type Deps = AttentionDeps & OperationSteps
export type RetryInput = { merchantId: string; id: string; actor: Cause }

const OPERATIONS = { capture: CAPTURE, cancel: CANCEL, reject: REJECT } as const
/** The job that is put back has this long before the janitor looks. */
const GRACE_SECONDS = 300

async function requeue(tx: Tx, { enqueue }: OperationSteps, item: AttentionRow): Promise<void> {
	const job = JOBS.find(({ name }) => name === item.job?.queue)
	if (!job || !item.job) throw new Error(`${item.id} names no job of ours`)
	if (job.name === applyWebhook.name) await markAlive(tx, item.subject_id)
	await enqueue(tx, job, [item.job.payload])
}

async function carryOut(tx: Tx, deps: OperationSteps, item: AttentionRow, plan: RetryPlan, actor: Cause) {
	if (item.payment_id && isMoving(item)) await postponeLook(tx, item.payment_id, GRACE_SECONDS)
	switch (plan.do) {
		case 'check-attempts':
			await lookAgainAtAttempts(tx, plan.attempts, GRACE_SECONDS)
			return deps.enqueue(
				tx,
				checkAttempt,
				plan.attempts.map((attemptId) => ({ attemptId })),
			)
		case 'send-refund':
			await postponeRefundLook(tx, item.subject_id, GRACE_SECONDS)
			return deps.enqueue(tx, sendRefund, [{ refundId: item.subject_id, check: item.refund_checks ?? 0 }])
		case 'ask-operation': {
			const amountMinor = plan.amountMinor === null ? null : BigInt(plan.amountMinor)
			// Somebody who might asked for it before; only its failure is tried again.
			const grant = HOUSE_GRANT
			const input = { merchantId: item.merchant_id, paymentId: item.subject_id, actor, grant }
			await requestOperation(tx, deps, input, { ...OPERATIONS[plan.operation], amountMinor })
			return
		}
		case 'requeue':
			return requeue(tx, deps, item)
		case 'verify':
			return deps.enqueue(tx, verifyIntegrity, [{ requestedBy: causeText(actor) }])
	}
}

/** Step: the machine tries once more, and the item closes; if that fails too, a new one opens. */
export async function retryItem(
	tx: Tx,
	deps: OperationSteps,
	{ merchantId, id, actor }: RetryInput,
): Promise<AttentionItem> {
	const item = await takeItem(tx, { merchantId, id })
	const plan = retryPlanOf(item)
	if (!plan) {
		const message = 'Trying again cannot settle this any more. Settle it by hand.'
		throw new DomainError('conflict', 'attention_item_not_retryable', message)
	}
	await carryOut(tx, deps, item, plan, actor)
	const by = causeText(actor)
	await closeItems(tx, [id], { by, outcome: 'retried', note: null })
	await appendAudit(tx, [
		{
			merchant_id: merchantId,
			actor: by,
			action: 'attention.retried',
			subject_id: item.subject_id,
			payload: { attention_item: id, kind: item.kind, plan: plan.do, queue: item.job?.queue ?? null },
		},
	])
	return closedItem(tx, id)
}

export async function retryAttention(deps: Deps, input: RetryInput): Promise<AttentionItem> {
	const item = await inTransaction(deps.db, (tx) => retryItem(tx, deps, input))
	deps.committed(RETRY_QUEUES)
	return item
}

/** Any of them may have something new. */
export const RETRY_QUEUES: readonly string[] = JOBS.map(({ name }) => name)
