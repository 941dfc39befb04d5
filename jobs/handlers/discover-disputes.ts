import { knownDisputes } from '#db/queries/disputes.ts'
import { discoverDisputes } from '#jobs/catalog/disputes.ts'
import { applyToDispute, type DisputeNewsDeps } from './apply-dispute-message.ts'
import { handles } from './handles.ts'

/** Longer than any outage we mean to survive without a person. */
const LOOK_BACK_MS = 7 * 86_400_000

/** Safe to run twice: a case we have is left to its own checks. One that cannot be read holds up no other. */
export default handles(discoverDisputes, async (deps: DisputeNewsDeps, _payload, fetched) => {
	const since = new Date(deps.clock.now().getTime() - LOOK_BACK_MS)
	const refs = await deps.disputeGateway.listRefsSince(since)
	const known = await knownDisputes(deps.db, 'stripe', refs)
	const failures: unknown[] = []
	for (const ref of refs) {
		if (known.has(ref)) continue
		try {
			await applyToDispute(deps, ref, { kind: 'janitor', ref: fetched.job.id })
		} catch (error) {
			failures.push(error)
		}
	}
	if (failures.length > 0) throw new AggregateError(failures, 'cases that could not be applied')
	return 'done'
})
