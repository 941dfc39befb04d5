import { setTimeout as sleep } from 'node:timers/promises'
import { aftermath } from '../checks/aftermath.ts'
import { watchInvariants } from '../checks/invariants.ts'
import type { RunContext } from '../context.ts'
import { atLeast, atMost, pace, type Outcome } from '../figure.ts'
import { createClient, type Client } from '../load/client.ts'
import { startLoad } from '../load/load.ts'
import { strikeAt, type Fault } from '../moments/strike.ts'
import type { Stage } from '../stage/stage.ts'

const PER_SECOND = 22
const BACK_WITHIN_S = 5
const CALM_MS = 1_500
const PROBE_MS = 25

/** Seconds from a ready PostgreSQL to the first payment taken by each instance. */
async function firstAnswers({ instances }: Stage, client: Client, name: string): Promise<number> {
	const startedAt = performance.now()
	const probe = async (url: string, index: number) => {
		const body = JSON.stringify({ amount: 700, currency: 'eur' })
		const headers = { 'idempotency-key': `${name}:probe-${index}` }
		for (;;) {
			const answer = await client.once(url, 'POST', '/api/v1/payments', body, headers).catch(() => null)
			if (answer && answer.status < 300) return
			await sleep(PROBE_MS)
		}
	}
	await Promise.all(instances.map(({ url }, index) => probe(url, index)))
	return (performance.now() - startedAt) / 1000
}

/** PostgreSQL goes away without a goodbye, in the middle of what the app is doing, and comes back. */
async function shutDown(
	context: RunContext,
	stage: Stage,
	client: Client,
	index: number,
): Promise<number | null> {
	const struckAt = context.moments.filter((moment) => !moment.stir)
	const moment = struckAt[index % struckAt.length]
	const instance = stage.instances[index % 2]
	if (!moment || !instance) throw new Error('there is nothing to strike at')
	let gone: Promise<void> | undefined
	const struck = await strikeAt(
		stage,
		moment,
		instance.name,
		() => (gone = stage.database.crash()),
		context.signal,
	)
	if (!struck) return null
	await gone
	await stage.database.start()
	return firstAnswers(stage, client, `shutdown-${index}`)
}

const cutOff: Fault = (story) => {
	for (const event of story) event.cut()
}

/** R2: immediate shutdowns of PostgreSQL, then cut connections, at the moments K1 to K17, under load. */
export async function runShutdowns(context: RunContext): Promise<Outcome> {
	const { moments, random, say, signal, sizes } = context
	const stage = await context.open({ webhooks: true, gatewayTimeoutMs: 5_000 })
	const client = createClient(
		stage.instances.map(({ url }) => url),
		stage.database.demo.secretKey,
	)
	const invariants = watchInvariants(stage.database)
	const load = startLoad(client, random.fork('load'), PER_SECOND)
	const seconds: number[] = []
	for (let turn = 0; seconds.length < sizes.shutdowns.count && turn < sizes.shutdowns.count * 2; turn++) {
		await sleep(CALM_MS, undefined, { signal })
		const back = await shutDown(context, stage, client, turn)
		if (back === null) continue
		seconds.push(back)
		say(`R2 shutdown ${seconds.length} of ${sizes.shutdowns.count}, first 2xx after ${back.toFixed(2)} s`)
	}
	let cuts = 0
	for (const moment of random.fork('cuts').shuffled(moments)) {
		for (let turn = 0; turn < sizes.shutdowns.cutsAtEach; turn++) {
			const name = stage.instances[turn % 2]?.name ?? ''
			if (await strikeAt(stage, moment, name, cutOff, signal)) cuts += 1
			else say(`R2: no connection was cut at ${moment.name}`)
		}
	}
	await load.end()
	const after = await aftermath({ stage, client, invariants, signal, say })
	client.close()
	return {
		figures: [
			atLeast('PostgreSQL immediate shutdowns', sizes.shutdowns.count, seconds.length),
			atLeast('connections cut at K1–K18', moments.length * sizes.shutdowns.cutsAtEach, cuts),
			pace(atLeast('payments offered a second', 20, (load.counts['payments'] ?? 0) / load.seconds(), 1)),
			atMost('first 2xx after PostgreSQL is ready', BACK_WITHIN_S, Math.max(...seconds), 's', 2),
			...after.figures,
		],
		notes: after.notes,
	}
}
