import type { Tx } from '#db/client.ts'
import type { AttemptRow } from '#db/queries/attempts.ts'
import { toOverride } from '#db/queries/decline-overrides.ts'
import { readDecline, type DeclineVerdict } from '../../domain/declines/read-decline.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import type { GatewayOutcome } from '../../domain/payments/ports.ts'
import type { RoutingMemory } from './routing-memory.server.ts'

type Deps = { gateways: Gateways; routing: RoutingMemory }

/** Step: what each decline means, by attempt; other outcomes mean nothing and cost nothing. */
export async function readVerdicts(
	tx: Tx,
	{ gateways, routing }: Deps,
	answers: readonly { attempt: AttemptRow; outcome: GatewayOutcome }[],
): Promise<ReadonlyMap<string, DeclineVerdict>> {
	const verdicts = new Map<string, DeclineVerdict>()
	for (const { attempt, outcome } of answers) {
		if (outcome.kind !== 'declined') continue
		const overrides = await routing.overridesOf(tx, attempt.merchant_id)
		const own = overrides.filter(({ gateway }) => gateway === attempt.provider).map(toOverride)
		verdicts.set(attempt.id, readDecline(gateways.find(attempt.provider)?.declines ?? [], own, outcome))
	}
	return verdicts
}
