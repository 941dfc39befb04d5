import { inspect } from 'node:util'
import { migrateToLatest } from '#db/migrate.ts'
import { seedDemo } from '#db/seed.ts'
import { loadDotEnv } from '../../config/env.server.ts'
import { startApp, type Mode } from './app-process.ts'
import { buildWhenStale } from './build-when-stale.ts'
import { isReady, type Child } from './child.ts'
import { startDatabase } from './database.ts'
import { keep, keptSecret } from './kept.ts'
import { isFree, portFrom } from './ports.ts'
import { startSandbox } from './sandbox.ts'
import { summary, type Launched } from './summary.ts'

const say = (text: string) => void process.stdout.write(`${text}\n`)

/** Starts all of Tillhouse on this machine and stays until a signal, or until a part of it dies. */
export async function launch(mode: Mode): Promise<never> {
	const stops: (() => Promise<void>)[] = []
	const interrupted = new AbortController()
	const signalled = new Promise<void>((resolve) => {
		for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.on(name, () => {
				interrupted.abort()
				resolve()
			})
		}
	})

	let exitCode = 0
	const started = start(mode, stops, interrupted.signal)
	const died = started.then((children) => Promise.race(children.map((child) => child.died)))
	try {
		await Promise.race([signalled, died])
	} catch (error) {
		if (!interrupted.signal.aborted) {
			process.stderr.write(`\n${explained(error)}\n`)
			exitCode = 1
		}
	}
	// A start that is under way ends first, or what it starts next would stay behind.
	interrupted.abort()
	await started.catch(() => {})
	for (const stop of stops.reverse()) await stop()
	process.exit(exitCode)
}

/** Our own complaints say all in their message; anything else is a bug and needs its stack. */
function explained(error: unknown): string {
	return error instanceof Error && error.constructor === Error ? error.message : inspect(error)
}

async function start(mode: Mode, stops: (() => Promise<void>)[], signal: AbortSignal): Promise<Child[]> {
	loadDotEnv()
	const port = portFrom('PORT', 3000)
	if (!(await isFree(port))) {
		throw new Error(
			`Port ${port} is taken. Choose another: PORT=${port + 1} npm run ${mode === 'production' ? 'demo' : 'dev'}`,
		)
	}
	const baseUrl = process.env['BASE_URL'] || `http://localhost:${port}`
	const children: Child[] = []
	const onStop = <T extends { stop(): Promise<void> }>(part: T): T => {
		stops.push(() => part.stop())
		signal.throwIfAborted()
		return part
	}

	const prepareDatabase = async () => {
		const { url } = onStop(await startDatabase())
		await migrateToLatest(url)
		return { databaseUrl: url, demo: await seedDemo(url, await keptSecret('demo-seed')) }
	}
	const preparing = prepareDatabase()
	const building = mode === 'production' ? buildWhenStale(say, signal) : Promise.resolve()
	// Both end before a failure is told, or the slower one would go on behind our back.
	await Promise.allSettled([preparing, building])
	await building
	const { databaseUrl, demo } = await preparing
	signal.throwIfAborted()

	const sandbox = await startSandboxUnlessStripe(port)
	if (sandbox) children.push(onStop(sandbox))

	const app = await startApp({ mode, port, baseUrl, databaseUrl, sandbox })
	children.push(onStop(app))
	await isReady(app)
	signal.throwIfAborted()

	const launched: Launched = { baseUrl, sandboxUrl: sandbox?.url ?? null, databaseUrl, ...demo }
	await keep('demo.json', `${JSON.stringify(launched, null, '\t')}\n`)
	say(summary(launched))
	return children
}

async function startSandboxUnlessStripe(port: number) {
	if (process.env['STRIPE_SECRET_KEY']) return undefined
	const webhookSecret = await keptSecret('sandbox-webhook-secret', 'whsec_')
	const sandbox = await startSandbox({ appUrl: `http://127.0.0.1:${port}`, webhookSecret })
	return { ...sandbox, webhookSecret }
}
