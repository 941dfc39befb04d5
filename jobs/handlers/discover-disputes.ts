import type { Gateway, Gateways } from '#app/domain/gateways/ports.ts'
import type { Cause } from '#app/domain/payments/cause.ts'
import { knownDisputes } from '#db/queries/disputes.ts'
import { discoverDisputes } from '#jobs/catalog/disputes.ts'
import { applyToDispute, type DisputeNewsDeps } from './apply-dispute-message.ts'
import { handles } from './handles.ts'

/** Longer than any outage we mean to survive without a person. */
const LOOK_BACK_MS = 7 * 86_400_000

type Deps = DisputeNewsDeps & { gateways: Gateways; worldRows: DisputeNewsDeps['db'] }

/** The failures, so that a case that cannot be read, or a gateway that cannot be asked, holds up no other. */
async function discover(deps: Deps, gateway: Gateway, cause: Cause): Promise<unknown[]> {
	const since = new Date(deps.clock.now().getTime() - LOOK_BACK_MS)
	const failures: unknown[] = []
	try {
		const refs = await gateway.disputes.listRefsSince(since)
		const known = await knownDisputes(deps.db, gateway.name, refs)
		for (const ref of refs) {
			if (known.has(ref)) continue
			await applyToDispute(deps, gateway, ref, cause).catch((error: unknown) => failures.push(error))
		}
	} catch (error) {
		failures.push(error)
	}
	return failures
}

/** Safe to run twice: a case we have is left to its own checks. */
export default handles(
	discoverDisputes,
	async (deps: Deps, _payload, fetched) => {
		const cause = { kind: 'janitor', ref: fetched.job.id } as const
		const failures: unknown[] = []
		const ofWorld = { ...deps, db: deps.worldRows }
		for (const gateway of deps.gateways.connected) failures.push(...(await discover(ofWorld, gateway, cause)))
		if (failures.length > 0) throw new AggregateError(failures, 'cases that could not be applied')
		return 'done'
	},
	'each',
)
