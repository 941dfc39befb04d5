import { setTimeout as sleep } from 'node:timers/promises'
import { aftermath } from '../checks/aftermath.ts'
import { watchInvariants } from '../checks/invariants.ts'
import { settled } from '../checks/settled.ts'
import type { RunContext } from '../context.ts'
import { atLeast, type Figure, type Outcome } from '../figure.ts'
import { createClient, type Client } from '../load/client.ts'
import { startLoad } from '../load/load.ts'
import type { Stage } from '../stage/stage.ts'

const PER_SECOND = 30
/** Of a hundred calls, thirty go wrong. */
const RATES = {
	timeout_after: 0.1,
	error_500_kept: 0.04,
	error_500_not_kept: 0.04,
	error_429: 0.05,
	reset: 0.05,
	malformed: 0.01,
	truncated: 0.01,
}
const LOOK_MS = 100

const postsOf = ({ instances }: Stage): number =>
	instances.reduce((sum, instance) => sum + instance.gatewayPosts(), 0)

/** Load until the gateway has had so many calls, then no more faults; before another round everything settles. */
async function round(context: RunContext, stage: Stage, client: Client, number: number): Promise<void> {
	const { random, signal, sizes } = context
	const before = postsOf(stage)
	await stage.gateway.plan({ seed: random.below(2 ** 31), methods: ['POST', 'GET'], rates: RATES })
	const load = startLoad(client, random.fork(`load ${number}`), PER_SECOND, `round-${number}`)
	while (postsOf(stage) - before < sizes.gatewayFaults.calls) await sleep(LOOK_MS, undefined, { signal })
	await load.end()
	await stage.gateway.behave()
	if (number < sizes.gatewayFaults.rounds) await settled(stage.database, signal)
}

/** Every kind of fault that was planned has happened, and no other. */
function happenedAsPlanned(happened: Record<string, number>): Figure {
	const counts = Object.entries(happened).filter(([, count]) => count > 0)
	const planned = Object.keys(RATES)
	return {
		figure: 'kinds of gateway fault that happened',
		goal: planned.length.toString(),
		measured: counts.length.toString(),
		ok: counts.length === planned.length && counts.every(([name]) => planned.includes(name)),
	}
}

/** R3: three calls in ten go wrong, each in one of seven ways; money still moves once. */
export async function runGatewayFaults(context: RunContext): Promise<Outcome> {
	const { sizes, signal, say } = context
	const stage = await context.open({ webhooks: true, gatewayTimeoutMs: 2_000 })
	const client = createClient(
		stage.instances.map(({ url }) => url),
		stage.database.demo.secretKey,
	)
	const invariants = watchInvariants(stage.database)
	for (let number = 1; number <= sizes.gatewayFaults.rounds; number++) {
		say(`R3: round ${number} of ${sizes.gatewayFaults.rounds}, ${sizes.gatewayFaults.calls} calls`)
		await round(context, stage, client, number)
	}
	const { happened } = await stage.gateway.faults()
	const after = await aftermath({ stage, client, invariants, signal, say })
	client.close()
	const { rounds, calls } = sizes.gatewayFaults
	const faults = Object.values(happened).reduce((sum, count) => sum + count, 0)
	return {
		figures: [
			atLeast('calls that move money', rounds * calls, postsOf(stage)),
			atLeast('calls gone wrong, of these and of questions', (rounds * calls * 3) / 10, faults),
			happenedAsPlanned(happened),
			...after.figures,
		],
		notes: [
			`faults: ${Object.entries(happened)
				.filter(([, count]) => count > 0)
				.map(([name, count]) => `${name} ${count}`)
				.join(', ')}`,
			...after.notes,
		],
	}
}
