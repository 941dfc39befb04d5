import { inTransaction, type Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { patchDispute, toDispute } from '#db/queries/disputes.ts'
import { insertEvents } from '#db/queries/events.ts'
import { sendDisputeAnswer } from '#jobs/catalog/disputes.ts'
import type { Dispute } from '../../contracts/disputes.ts'
import type { DisputeId } from '../../contracts/ids.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText } from '../../domain/payments/cause.ts'
import { disputeEvent } from './dispute-events.server.ts'
import { lockCase, requireUnanswered } from './find-case.server.ts'
import type { AnswerDeps, AnswerInput } from './write-evidence.server.ts'

/** Step: gives the case up. The customer keeps the amount, and the gateway its fee. */
export async function giveUp(
	tx: Tx,
	{ enqueue }: Pick<AnswerDeps, 'enqueue'>,
	{ merchantId, disputeId, actor }: AnswerInput,
): Promise<Dispute> {
	const row = await lockCase(tx, { merchantId, disputeId })
	requireUnanswered(row)
	if (row.stage === 'inquiry') {
		throw new DomainError(
			'conflict',
			'inquiry_not_acceptable',
			'An inquiry has taken no money, so there is nothing to give up. Refund the payment, or answer the bank.',
		)
	}
	const kept = await patchDispute(tx, disputeId, {
		requested_operation: 'accept',
		requested_by: causeText(actor),
	})
	await appendAudit(tx, [
		{
			merchant_id: merchantId,
			actor: causeText(actor),
			action: 'dispute.accept_requested',
			subject_id: disputeId,
			payload: {
				amount_minor: row.amount_minor.toString(),
				fee_minor: row.fee_minor.toString(),
				currency: row.currency,
			},
		},
	])
	await insertEvents(tx, [disputeEvent(kept, 'updated')])
	await enqueue(tx, sendDisputeAnswer, [{ disputeId: disputeId as DisputeId }])
	return toDispute(kept)
}

export async function acceptDispute(deps: AnswerDeps, input: AnswerInput): Promise<Dispute> {
	const dispute = await inTransaction(deps.db, (tx) => giveUp(tx, deps, input))
	deps.committed([sendDisputeAnswer.name])
	return dispute
}
