import type { Kysely } from 'kysely'
import { listAttempts } from '#db/queries/attempts.ts'
import { findRefund, findRefundByRef, type RefundRow } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import type { Cause } from '../../domain/payments/cause.ts'
import type { GatewayRefund } from '../../domain/payments/ports.ts'
import { mirrorRefund, type Mirrored } from './mirror-refund.server.ts'
import { settleRefund, type SettleRefundDeps } from './settle-refund.server.ts'

type Input = { provider: string; refund: GatewayRefund; cause: Cause }

/**
 * A refund of ours by its gateway id, or, when our answer was lost, by the id we gave the gateway. A gateway refund
 * that merely repeats our id, for another charge or a second time, is other money and not ours.
 */
async function ownRefund(db: Kysely<DB>, { provider, refund }: Input): Promise<RefundRow | undefined> {
	const byRef = await findRefundByRef(db, provider, refund.ref)
	if (byRef || refund.refundId === null) return byRef
	const named = await findRefund(db, refund.refundId)
	if (!named || named.provider_ref !== null) return undefined
	const attempts = await listAttempts(db, named.payment_id)
	return attempts.some(({ provider_ref }) => provider_ref === refund.paymentRef) ? named : undefined
}

/** Books what the gateway has of a refund: of ours its outcome, of anybody else's a mirror. Safe to run twice. */
export async function applyGatewayRefund(
	deps: SettleRefundDeps,
	input: Input,
): Promise<Mirrored['result'] | 'settled'> {
	const own = await ownRefund(deps.db, input)
	if (!own) return (await mirrorRefund(deps, input)).result
	await settleRefund(deps, {
		refundId: own.id,
		outcome: input.refund.outcome,
		cause: input.cause,
		asked: null,
	})
	return 'settled'
}
