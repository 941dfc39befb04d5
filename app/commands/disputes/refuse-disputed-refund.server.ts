import type { Tx } from '#db/client.ts'
import { disputesOf } from '#db/queries/disputes.ts'
import { isRefundable } from '../../domain/disputes/is-refundable.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'

/** Refuses to refund a payment whose money the bank has. The payment must be locked: a case opens under the same lock. */
export async function refuseDisputedRefund(tx: Tx, paymentId: string): Promise<void> {
	const cases = await disputesOf(tx, paymentId)
	if (isRefundable(cases)) return
	throw new DomainError(
		'conflict',
		'charge_disputed',
		'The customer’s bank has taken this money back in a dispute, so a refund would pay them twice. Answer the dispute instead.',
		{ extra: { dispute: cases.at(-1)?.id ?? '' } },
	)
}
