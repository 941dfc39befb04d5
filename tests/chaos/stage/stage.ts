import { createRunFolder } from '#tests/support/run-folder.ts'
import { openHttpTap } from '../wire/http-tap.ts'
import { createWatch, type Watch } from '../wire/watch.ts'
import { openChaosDatabase, type ChaosDatabase } from './database.ts'
import { openGateway, type Gateway } from './gateway.ts'
import { openInstance, type Instance } from './instance.ts'

export const WEBHOOK_SECRET = 'whsec_chaos_0123456789abcdef'

/** What a merchant's endpoint would be subscribed to: each change of money once. */
const EVENTS = [
	'payment_intent.succeeded',
	'payment_intent.payment_failed',
	'payment_intent.amount_capturable_updated',
	'payment_intent.requires_action',
	'payment_intent.canceled',
	'refund.created',
	'refund.updated',
	'refund.failed',
].join(',')

export type Stage = {
	database: ChaosDatabase
	gateway: Gateway
	instances: readonly [Instance, Instance]
	watch: Watch
	close(): Promise<void>
}

export type StageOptions = {
	seed: number
	signal: AbortSignal
	/** Off: nobody delivers but the run itself. */
	webhooks: boolean
	gatewayTimeoutMs: number
	/** Then an instance that goes says so first, and waits until nobody sends to it any more. */
	isBehindProxy?: boolean
	/** Kept when the run fails: what the instances logged. */
	keep: () => boolean
}

/** Two instances of the app on one PostgreSQL and one gateway, each a process, each wire between them tapped. */
export async function openStage(options: StageOptions): Promise<Stage> {
	const stops: (() => Promise<unknown>)[] = []
	const close = async () => {
		for (const stop of stops.splice(0).reverse()) await stop()
	}
	const opened = <T>(part: T, stop: (part: T) => Promise<unknown>): T => {
		stops.push(() => stop(part))
		options.signal.throwIfAborted()
		return part
	}
	try {
		const folder = opened(await createRunFolder('chaos'), async (part) => {
			if (!options.keep()) await part.remove()
		})
		const watch = createWatch()
		const database = opened(await openChaosDatabase(folder.path, options.seed), (part) => part.close())
		// Filled when the instances are there; webhooks take turns between those that are up, as a balancer sends them.
		const instances: Instance[] = []
		let turn = 0
		const route = () => {
			const up = instances.filter((instance) => instance.isUp())
			const among = up.length > 0 ? up : instances
			const instance = among[turn++ % among.length]
			return { instance: instance?.name ?? '', url: instance?.ownUrl ?? 'http://127.0.0.1:9' }
		}
		const tap = opened(await openHttpTap({ on: 'webhooks', route, see: watch.see }), (part) => part.close())
		const gateway = opened(
			await openGateway({
				SANDBOX_WEBHOOK_SECRET: WEBHOOK_SECRET,
				SANDBOX_WEBHOOK_EVENTS: EVENTS,
				SANDBOX_WEBHOOK_URL: options.webhooks ? `${tap.url}/api/v1/webhooks/stripe` : '',
			}),
			(part) => part.stop(),
		)
		const open = async (name: string) =>
			opened(
				await openInstance({
					name,
					folder: folder.path,
					see: watch.see,
					postgresPort: database.port,
					databaseUrlAt: (port) => database.urlAt(port),
					sandboxUrl: gateway.url,
					variables: {
						STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
						GATEWAY_TIMEOUT_MS: String(options.gatewayTimeoutMs),
						...(options.isBehindProxy && { TRUST_PROXY: '1' }),
					},
				}),
				(part) => part.close(),
			)
		const pair: [Instance, Instance] = [await open('app-1'), await open('app-2')]
		instances.push(...pair)
		await Promise.all(pair.map((instance) => instance.ready()))
		return { database, gateway, instances: pair, watch, close }
	} catch (error) {
		await close()
		throw error
	}
}
