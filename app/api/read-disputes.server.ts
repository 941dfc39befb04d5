import { disputeNotFound } from '../commands/disputes/find-case.server.ts'
import { ListDisputes } from '../contracts/dispute-requests.ts'
import { DisputeId } from '../contracts/ids.ts'
import { presentDisputePage, presentDisputeWithEvidence } from '../presenters/dispute.server.ts'
import { json } from './handler.server.ts'
import { operation } from './operation.server.ts'

/** The dispute a path names; what cannot be an id finds nothing. */
export function disputeIdIn({ id = '' }: Readonly<Record<string, string | undefined>>): DisputeId {
	const parsed = DisputeId.safeParse(id)
	if (!parsed.success) throw disputeNotFound(id)
	return parsed.data
}

/** GET /api/v1/disputes */
export const listDisputes = operation('GET /disputes', async ({ caller, request, context }) => {
	const { merchantId } = caller
	const query = ListDisputes.parse(Object.fromEntries(new URL(request.url).searchParams))
	return json(await presentDisputePage(context.services, merchantId, query))
})

/** GET /api/v1/disputes/:id, with the draft and what the house would send. */
export const readDispute = operation('GET /disputes/:id', async ({ caller, context, params }) => {
	const { merchantId } = caller
	const disputeId = disputeIdIn(params)
	const dispute = await presentDisputeWithEvidence(context.services, { merchantId, disputeId })
	if (!dispute) throw disputeNotFound(disputeId)
	return json(dispute)
})
