import { setTimeout as sleep } from 'node:timers/promises'
import { aftermath } from '../checks/aftermath.ts'
import { watchInvariants } from '../checks/invariants.ts'
import type { RunContext } from '../context.ts'
import { atLeast, pace, type Outcome } from '../figure.ts'
import { createClient } from '../load/client.ts'
import { startLoad, type Load } from '../load/load.ts'
import type { Moment } from '../moments/moment.ts'
import { strikeAt, type Fault } from '../moments/strike.ts'
import type { Instance } from '../stage/instance.ts'
import type { Stage } from '../stage/stage.ts'

const PER_SECOND = 22
/** So few jobs and webhooks wait that the next kill meets an app at work, not one still catching up with the last. */
const CAUGHT_UP = 50
const CALM_MS = 300
const PATIENCE_MS = 30_000
/** A moment that does not come is tried again; one that never comes fails the run. */
const MISSES_IN_ALL = 20

type Hits = Map<Moment, number>

async function waiting({ database, gateway }: Stage): Promise<number> {
	const { rows } = await database.pool.query<{ jobs: number }>(
		`select count(*)::int as jobs from pgboss.job where state in ('created', 'retry') and start_after <= now()`,
	)
	return (rows[0]?.jobs ?? 0) + (await gateway.webhooksWaiting())
}

/** A machine that cannot both start apps and serve the load gets a pause from new purchases, not from anything else. */
async function caughtUp(stage: Stage, load: Load, signal: AbortSignal): Promise<void> {
	await sleep(CALM_MS, undefined, { signal })
	if ((await waiting(stage)) < CAUGHT_UP) return
	const resume = load.pause()
	try {
		for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline;) {
			await sleep(CALM_MS, undefined, { signal })
			if ((await waiting(stage)) < CAUGHT_UP) return
		}
	} finally {
		resume()
	}
}

type Setting = { context: RunContext; stage: Stage; load: Load; plan: Moment[]; hits: Hits }

/** Kills at one planned moment after the other, until the plan is empty. */
async function killAtEach({ context, stage, load, plan, hits }: Setting, mine: Instance) {
	const { signal, say } = context
	let misses = 0
	for (let moment = plan.pop(); moment; moment = plan.pop()) {
		await mine.ready()
		await caughtUp(stage, load, signal)
		const kill: Fault = ([first]) => stage.instances.find(({ name }) => name === first?.instance)?.kill()
		if (await strikeAt(stage, moment, mine.name, kill, signal)) {
			hits.set(moment, (hits.get(moment) ?? 0) + 1)
			if (plan.length % 20 === 0) say(`R1: ${plan.length} kills to go`)
			continue
		}
		misses += 1
		say(`R1: ${moment.name} did not come at ${mine.name}`)
		if (misses > MISSES_IN_ALL) return
		plan.unshift(moment)
	}
}

/** R1: SIGKILL of an instance at K1 to K18, each of the two by turns and both at once, under load. */
export async function runKills(context: RunContext): Promise<Outcome> {
	const { moments, random, say, signal, sizes } = context
	const stage = await context.open({ webhooks: true, gatewayTimeoutMs: 5_000 })
	const client = createClient(
		stage.instances.map(({ url }) => url),
		stage.database.demo.secretKey,
	)
	const { atEach } = sizes.kills
	const plan = random.shuffled(moments.flatMap((moment) => Array.from({ length: atEach }, () => moment)))
	const planned = plan.length
	const hits: Hits = new Map()
	const invariants = watchInvariants(stage.database)
	const load = startLoad(client, random.fork('load'), PER_SECOND)
	say(`R1: ${planned} kills at ${moments.length} moments`)
	const setting = { context, stage, load, plan, hits }
	await Promise.all(stage.instances.map((instance) => killAtEach(setting, instance)))
	await load.end()
	const after = await aftermath({ stage, client, invariants, signal, say })
	client.close()

	const counts = moments.map((moment) => ({ name: moment.name, hit: hits.get(moment) ?? 0 }))
	const kills = counts.reduce((sum, { hit }) => sum + hit, 0)
	return {
		figures: [
			atLeast('SIGKILLs', planned, kills),
			atLeast('hits at the moment hit least', atEach, Math.min(...counts.map(({ hit }) => hit))),
			pace(atLeast('payments offered a second', 20, (load.counts['payments'] ?? 0) / load.seconds(), 1)),
			...after.figures,
		],
		notes: [
			`hits: ${counts.map(({ name, hit }) => `${name} ${hit}`).join(', ')}`,
			`sent: ${Object.entries(load.counts)
				.map(([what, count]) => `${count} ${what}`)
				.join(', ')} in ${Math.round(load.seconds())} s`,
			...after.notes,
		],
	}
}
