import type { Kysely } from 'kysely'
import type { BatchLane } from '#app/commands/batch-lane.server.ts'
import type { Screened, Screening } from '#app/commands/payments/screen-payments.server.ts'
import type { Settled, Settlement } from '#app/commands/payments/settle-outcomes.server.ts'
import type { CardGateway, ChargeRequest } from '#app/domain/payments/ports.ts'
import { latestAttempt, requestOf } from '#db/queries/attempts.ts'
import { findPaymentForJob } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	gateway: CardGateway
	screenLane: BatchLane<Screening, Screened>
	settleLane: BatchLane<Settlement, Settled>
}

async function nextCharge(deps: Deps, paymentId: string, jobId: string): Promise<ChargeRequest | null> {
	const payment = await findPaymentForJob(deps.db, paymentId)
	if (payment?.status === 'screening') {
		const card = payment.payment_method ? await deps.gateway.describeMethod(payment.payment_method) : null
		const { charge } = await deps.screenLane.push({ paymentId, card, jobId })
		if (charge) return charge
	}
	const attempt = await latestAttempt(deps.db, paymentId)
	return attempt?.status === 'sent' ? requestOf(attempt) : null
}

/**
 * Screens, then charges. Safe to run twice: screening leaves its attempt in the same commit, and a retry repeats
 * the call of that attempt under the same key.
 */
export default handles(processPayment, async (deps: Deps, { paymentId }, fetched) => {
	const charge = await nextCharge(deps, paymentId, fetched.job.id)
	if (!charge) return 'done'
	const outcome = await deps.gateway.charge(charge)
	const cause = { kind: 'job', ref: fetched.job.id } as const
	await deps.settleLane.push({ attemptId: charge.attemptId, outcome, cause, job: fetched })
	return 'completed'
})
