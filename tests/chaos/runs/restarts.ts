import { setTimeout as sleep } from 'node:timers/promises'
import { aftermath } from '../checks/aftermath.ts'
import { watchInvariants } from '../checks/invariants.ts'
import type { RunContext } from '../context.ts'
import { atLeast, atMost, none, pace, type Outcome } from '../figure.ts'
import { startBalancer } from '../load/balancer.ts'
import { createClient } from '../load/client.ts'
import { startLoad } from '../load/load.ts'
import { watchStream } from '../load/watcher.ts'

/** One instance of two serves all of it while the other starts, and on two cores starting takes one. */
const PER_SECOND = 12
const CALM_MS = 2_000
const DRAINED_WITHIN_S = 25

/** R10: one instance after the other is asked to go and replaced, under load, behind a balancer that asks who is ready. */
export async function runRestarts(context: RunContext): Promise<Outcome> {
	const { sizes, random, signal, say } = context
	const stage = await context.open({ webhooks: true, gatewayTimeoutMs: 5_000, isBehindProxy: true })
	const { secretKey } = stage.database.demo
	const balancer = startBalancer(stage.instances)
	const client = createClient(balancer.urls, secretKey)
	const watchers = stage.instances.map(({ url }) => watchStream(url, secretKey))
	const invariants = watchInvariants(stage.database)
	const load = startLoad(client, random.fork('load'), PER_SECOND)
	const drained: number[] = []
	const restarts = sizes.restarts.rounds * stage.instances.length
	for (let turn = 0; turn < restarts; turn++) {
		await sleep(CALM_MS, undefined, { signal })
		const instance = stage.instances[turn % stage.instances.length]
		if (!instance) throw new Error('there is nothing to restart')
		drained.push(await instance.restart())
		await instance.ready()
		say(`R10 restart ${drained.length}: drained in ${drained.at(-1)?.toFixed(1)} s`)
	}
	await sleep(CALM_MS, undefined, { signal })
	await load.end()
	const failed = client.retries()
	for (const watcher of watchers) watcher.close()
	await balancer.close()
	const after = await aftermath({ stage, client, invariants, signal, say })
	client.close()
	const streams = watchers.map(({ ended }) => ended)
	return {
		figures: [
			atLeast('restarts of an instance under load', restarts, drained.length),
			pace(atLeast('payments offered a second', 10, (load.counts['payments'] ?? 0) / load.seconds(), 1)),
			none('requests that failed and had to be sent again', failed),
			atMost('longest drain', DRAINED_WITHIN_S, Math.max(...drained), 's'),
			atLeast(
				'event streams ended with a goodbye',
				restarts,
				streams.reduce((sum, { clean }) => sum + clean, 0),
			),
			none(
				'event streams that broke off',
				streams.reduce((sum, { broken }) => sum + broken, 0),
			),
			none(
				'event streams without retry:',
				watchers.reduce((sum, watcher) => sum + watcher.withoutRetry(), 0),
			),
			...after.figures,
		],
		notes: after.notes,
	}
}
