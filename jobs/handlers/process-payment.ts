import type { Kysely } from 'kysely'
import { openRequest } from '#app/commands/payments/open-request.server.ts'
import type { Payers } from '#app/vault/payers.server.ts'
import type { BatchLane } from '#app/commands/batch-lane.server.ts'
import type { Charge, Screened, Screening } from '#app/commands/payments/screen-payments.server.ts'
import type { Settled, Settlement } from '#app/commands/payments/settle-outcomes.server.ts'
import type { Gateways } from '#app/domain/gateways/ports.ts'
import { latestTry, requestOf } from '#db/queries/attempts.ts'
import { findPaymentForJob } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	payers: Payers
	gateways: Gateways
	screenLane: BatchLane<Screening, Screened>
	settleLane: BatchLane<Settlement, Settled>
}

/** The payment's try that has not been sent to its gateway, or has no answer. */
async function nextTry(deps: Deps, paymentId: string, jobId: string): Promise<Charge | null> {
	const payment = await findPaymentForJob(deps.db, paymentId)
	if (payment?.status === 'screening') {
		const { payments } = deps.gateways.of(payment.gateway)
		const method = payment.payment_method ? await payments.describeMethod(payment.payment_method) : null
		const { charge } = await deps.screenLane.push({ paymentId, method, jobId })
		if (charge) return charge
	}
	const attempt = await latestTry(deps.db, paymentId)
	// A payment that an earlier try has paid after all is not charged again.
	const isWanted = attempt?.status === 'sent' && attempt.payment_status === 'processing'
	return isWanted ? { gateway: attempt.provider, request: requestOf(attempt) } : null
}

/**
 * Screens, then charges. Safe to run twice: screening leaves its attempt in the same commit, and a retry repeats
 * the call of that attempt under the same key.
 */
export default handles(
	processPayment,
	async (deps: Deps, { paymentId }, fetched) => {
		const charge = await nextTry(deps, paymentId, fetched.job.id)
		if (!charge) return 'done'
		const { gateway, request } = charge
		const outcome = await deps.gateways.of(gateway).payments.charge(await openRequest(deps, request))
		const cause = { kind: 'job', ref: fetched.job.id } as const
		await deps.settleLane.push({ attemptId: request.attemptId, outcome, cause, job: fetched })
		return 'completed'
	},
	{ of: 'paymentId' },
)
