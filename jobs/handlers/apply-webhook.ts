import type { Kysely } from 'kysely'
import type { BatchLane } from '#app/commands/batch-lane.server.ts'
import type { Settled, Settlement } from '#app/commands/payments/settle-outcomes.server.ts'
import type { Gateway, Gateways, MessageSubject } from '#app/domain/gateways/ports.ts'
import type { Cause } from '#app/domain/payments/cause.ts'
import { findAttempt, findAttemptByRef } from '#db/queries/attempts.ts'
import { findInbox, markProcessed } from '#db/queries/webhook-inbox.ts'
import type { DB } from '#db/schema.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import type { CompleteJobs, Enqueue } from '#jobs/enqueue.ts'
import { applyToDispute } from './apply-dispute-message.ts'
import { applyToRefund } from './apply-refund-message.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	worldRows: Kysely<DB>
	clock: { now(): Date }
	enqueue: Enqueue
	completeJobs: CompleteJobs
	committed: (queues: readonly string[]) => void
	gateways: Gateways
	settleLane: BatchLane<Settlement, Settled>
}

async function applyToPayment(
	deps: Deps,
	gateway: Gateway,
	subject: MessageSubject & { kind: 'payment' },
	cause: Cause,
): Promise<string> {
	const attempt =
		(await findAttemptByRef(deps.worldRows, gateway.name, subject.ref)) ??
		(subject.attemptId ? await findAttempt(deps.worldRows, subject.attemptId) : undefined)
	if (!attempt) return 'no attempt of ours'
	// A declined or canceled attempt is asked about all the same: money that moved late must be seen.
	if (attempt.status === 'succeeded') return 'attempt already succeeded'
	const outcome = await gateway.payments.findOutcome({
		attemptId: attempt.id,
		ref: subject.ref,
		startedAt: attempt.started_at,
	})
	if (!outcome) return 'not known to the gateway'
	const { status } = await deps.settleLane.push({ attemptId: attempt.id, outcome, cause, job: null })
	return `payment ${status ?? 'missing'}`
}

/** Only what belongs to the world of the message is found: another's ref in it names nothing. */
function apply(
	deps: Deps,
	gateway: Gateway,
	subject: MessageSubject,
	cause: Cause,
): Promise<string> | string {
	switch (subject.kind) {
		case 'payment':
			return applyToPayment(deps, gateway, subject, cause)
		case 'refund':
			return applyToRefund({ ...deps, db: deps.worldRows }, gateway, subject.ref, cause)
		case 'dispute':
			return applyToDispute({ ...deps, db: deps.worldRows }, gateway, subject.ref, cause)
		case 'other':
			return 'kept, nothing to do'
	}
}

/**
 * Safe to run twice and in any order: a message only says where to look, and what the gateway has now is applied
 * under the payment's lock.
 */
export default handles(
	applyWebhook,
	async (deps: Deps, { inboxId }) => {
		const message = await findInbox(deps.worldRows, inboxId)
		if (!message || message.processed_at) return 'done'
		const gateway = deps.gateways.of(message.provider)
		const cause = { kind: 'webhook', ref: message.event_id } as const
		const outcome = await apply(deps, gateway, gateway.messages.subjectOf(message.payload), cause)
		await markProcessed(deps.db, inboxId, outcome)
		return 'done'
	},
	{ of: 'inboxId' },
)
