import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { patchDispute, toDispute } from '#db/queries/disputes.ts'
import { insertEvents } from '#db/queries/events.ts'
import type { DB } from '#db/schema.ts'
import { sendDisputeAnswer } from '#jobs/catalog/disputes.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { Dispute } from '../../contracts/disputes.ts'
import type { DisputeId } from '../../contracts/ids.ts'
import { lengthOf, MOST_IN_ALL, withChanges, type Evidence } from '../../domain/disputes/evidence.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { openEvidence } from '../../vault/evidence.server.ts'
import type { Payers } from '../../vault/payers.server.ts'
import { disputeEvent } from './dispute-events.server.ts'
import { lockCase, requireUnanswered } from './find-case.server.ts'
import { sealEvidence } from './seal-evidence.server.ts'

export type AnswerDeps = {
	db: Kysely<DB>
	payers: Payers
	enqueue: Enqueue
	committed: (queues: readonly string[]) => void
}
export type AnswerInput = { merchantId: string; disputeId: string; actor: Cause }
/** What a person decides about a case, in the caller's transaction. */
export type AnswerStep = (
	tx: Tx,
	deps: Pick<AnswerDeps, 'enqueue' | 'payers'>,
	input: AnswerInput,
) => Promise<Dispute>
export type EvidenceInput = AnswerInput & { changes: Evidence; submit: boolean }

function mergedOf(draft: Evidence, changes: Evidence): Evidence {
	const evidence = withChanges(draft, changes)
	if (lengthOf(evidence) <= MOST_IN_ALL) return evidence
	throw new DomainError(
		'invalid',
		'evidence_too_long',
		`All texts together may have ${MOST_IN_ALL} characters, these have ${lengthOf(evidence)}.`,
		{ param: 'evidence' },
	)
}

/** Step: keeps a draft and, when asked to, sends it to the bank. Sending is final; a draft can be changed. */
export async function keepEvidence(
	tx: Tx,
	{ enqueue, payers }: Pick<AnswerDeps, 'enqueue' | 'payers'>,
	{ merchantId, disputeId, actor, changes, submit }: EvidenceInput,
): Promise<Dispute> {
	const row = await lockCase(tx, { merchantId, disputeId })
	requireUnanswered(row)
	const evidence = mergedOf(await openEvidence(payers, tx, row), changes)
	if (submit && lengthOf(evidence) === 0) {
		throw new DomainError(
			'invalid',
			'evidence_missing',
			'There is nothing to submit yet: write something first.',
			{
				param: 'evidence',
			},
		)
	}
	const asked = submit && { requested_operation: 'submit' as const, requested_by: causeText(actor) }
	const kept = await patchDispute(tx, disputeId, {
		sealed_evidence: await sealEvidence(tx, payers, { merchantId, paymentId: row.payment_id, evidence }),
		...asked,
	})
	await appendAudit(tx, [
		{
			merchant_id: merchantId,
			actor: causeText(actor),
			action: submit ? 'dispute.submit_requested' : 'dispute.evidence_saved',
			subject_id: disputeId,
			payload: { fields: Object.keys(evidence).join(' '), characters: lengthOf(evidence) },
		},
	])
	await insertEvents(tx, [disputeEvent(kept, 'updated')])
	if (submit) await enqueue(tx, sendDisputeAnswer, [{ disputeId: disputeId as DisputeId }])
	return toDispute(kept)
}

export async function writeEvidence(deps: AnswerDeps, input: EvidenceInput): Promise<Dispute> {
	const dispute = await inTransaction(deps.db, (tx) => keepEvidence(tx, deps, input))
	deps.committed(input.submit ? [sendDisputeAnswer.name] : [])
	return dispute
}
