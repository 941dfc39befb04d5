import { settleDispute, type SettleDisputeDeps } from '#app/commands/disputes/settle-dispute.server.ts'
import { openEvidence } from '#app/vault/evidence.server.ts'
import type { Payers } from '#app/vault/payers.server.ts'
import type { DisputeAnswer, DisputeGateway, DisputeObservation } from '#app/domain/disputes/ports.ts'
import type { Gateways } from '#app/domain/gateways/ports.ts'
import { causeFromText } from '#app/domain/payments/cause.ts'
import { findDispute, type DisputeRow } from '#db/queries/disputes.ts'
import { sendDisputeAnswer } from '#jobs/catalog/disputes.ts'
import { handles } from './handles.ts'

type Deps = SettleDisputeDeps & { gateways: Gateways; payers: Payers }

/** The first round keeps the plain key; a later question of the bank is another call. */
const keyOf = ({ id, round, requested_operation: operation }: DisputeRow): string =>
	round === 1 ? `${id}:${operation}` : `${id}:${operation}:${round}`

/** Whether the gateway waits for this very answer. A lost answer to an earlier try may have been a success. */
const isWaiting = (row: DisputeRow, seen: DisputeObservation): boolean =>
	seen.status === 'needs_response' && seen.stage === row.stage && seen.submissions <= row.submissions

async function send(deps: Deps, gateway: DisputeGateway, row: DisputeRow): Promise<DisputeAnswer> {
	const call = { key: keyOf(row), ref: row.provider_ref }
	return row.requested_operation === 'accept'
		? gateway.accept(call)
		: gateway.submitEvidence({ ...call, evidence: await openEvidence(deps.payers, deps.db, row) })
}

async function look(gateway: DisputeGateway, row: DisputeRow): Promise<DisputeObservation> {
	const seen = await gateway.findDispute(row.provider_ref)
	if (!seen) throw new Error(`${row.id}: the gateway no longer knows ${row.provider_ref}`)
	return seen
}

/**
 * Safe to run twice: the gateway is asked first whether it has the answer already, the key of the call is made from
 * the case and its round, and an unanswered call ends in another look and not in a guess.
 */
export default handles(
	sendDisputeAnswer,
	async (deps: Deps, { disputeId }, fetched) => {
		const row = await findDispute(deps.db, disputeId)
		if (!row?.requested_operation) return 'done'
		const { disputes: gateway } = deps.gateways.of(row.provider)
		let seen = await look(gateway, row)
		let refusal: string | null = null
		if (isWaiting(row, seen)) {
			const answer = await send(deps, gateway, row)
			if (answer.kind === 'taken') seen = answer.dispute
			else seen = await look(gateway, row)
			const isStillOpen = isWaiting(row, seen)
			if (isStillOpen && answer.kind === 'unknown') throw new Error(`${disputeId}: ${answer.reason}`)
			if (isStillOpen && answer.kind === 'refused') refusal = answer.reason
		}
		await settleDispute(deps, {
			provider: row.provider,
			merchantId: row.merchant_id,
			paymentId: row.payment_id,
			seen,
			cause: causeFromText(row.requested_by ?? 'job'),
			job: fetched,
			refusal,
		})
		return 'completed'
	},
	{ of: 'disputeId' },
)
