import type { NewEvent } from '#db/queries/events.ts'
import { toDispute, type DisputeRow } from '#db/queries/disputes.ts'
import type { DisputeStep } from '../../domain/disputes/judge-dispute.ts'
import { newId } from '../../domain/ids/new-id.ts'

/** No checkout session stands in it: the shopper's own stream never tells of a case against the merchant. */
export const disputeEvent = (row: DisputeRow, type: string): NewEvent => ({
	id: newId('evt'),
	merchant_id: row.merchant_id,
	type: `dispute.${type}`,
	payment_id: row.payment_id,
	checkout_session_id: null,
	object: toDispute(row),
})

const ENDS: readonly DisputeStep[] = ['won', 'lost', 'closed']

/** A case that is new and over at once is both created and ended; anything else that changed is an update. */
export function eventsOfSteps(row: DisputeRow, steps: readonly DisputeStep[]): NewEvent[] {
	const named = steps.flatMap((step) => (step === 'opened' ? 'created' : ENDS.includes(step) ? step : []))
	return (named.length > 0 ? named : ['updated']).map((type) => disputeEvent(row, type))
}
