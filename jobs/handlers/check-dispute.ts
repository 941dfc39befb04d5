import { settleDispute, type SettleDisputeDeps } from '#app/commands/disputes/settle-dispute.server.ts'
import type { Gateways } from '#app/domain/gateways/ports.ts'
import { findDispute } from '#db/queries/disputes.ts'
import { checkDispute } from '#jobs/catalog/disputes.ts'
import { handles } from './handles.ts'

type Deps = SettleDisputeDeps & { gateways: Gateways }

/** Safe to run twice: it only looks, and what it sees is judged under the lock. */
export default handles(
	checkDispute,
	async (deps: Deps, { disputeId }, fetched) => {
		const row = await findDispute(deps.db, disputeId)
		if (!row?.next_check_at) return 'done'
		const seen = await deps.gateways.of(row.provider).disputes.findDispute(row.provider_ref)
		if (!seen) throw new Error(`${disputeId}: the gateway no longer knows ${row.provider_ref}`)
		await settleDispute(deps, {
			provider: row.provider,
			merchantId: row.merchant_id,
			paymentId: row.payment_id,
			seen,
			cause: { kind: 'janitor', ref: fetched.job.id },
			job: fetched,
			refusal: null,
		})
		return 'completed'
	},
	{ of: 'disputeId' },
)
