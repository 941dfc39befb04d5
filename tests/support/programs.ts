import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isReady, startChild, type Child } from '#app/server/launcher/child.ts'
import { freePort } from '#app/server/launcher/ports.ts'

const START_MS = 20_000

/** Set to nothing, so that neither the shell nor a .env file points the app at a real gateway or database. */
const NO_REAL_GATEWAY = {
	STRIPE_SECRET_KEY: '',
	STRIPE_PUBLISHABLE_KEY: '',
	STRIPE_API_BASE: '',
	STRIPE_WEBHOOK_SECRET: '',
	// Load comes from one address.
	CARD_TESTING_LIMITS: '0',
	API_RATE_LIMITS: '0',
	FX_RATES_URL: 'off',
}

/** One for all: several instances run on one database. */
const VAULT_KEYS = `test:${randomBytes(32).toString('base64')}`

export type Program = Child & { url: string; pid: number }

const asProgram = (child: Child, url: string): Program => ({ ...child, url, pid: child.process.pid ?? 0 })

/** The gateway without books on disk and without a delay of its own, on a port of its own. */
export async function startSandboxProgram(variables: Record<string, string> = {}): Promise<Program> {
	const port = await freePort()
	const child = startChild(
		{
			name: 'sandbox gateway',
			file: 'app/sandbox/main.ts',
			env: {
				SANDBOX_PORT: String(port),
				SANDBOX_HOST: '127.0.0.1',
				SANDBOX_DATA: 'memory',
				SANDBOX_LATENCY_MS: '0',
				SANDBOX_WEBHOOK_URL: '',
				ALLOW_SANDBOX: '1',
				...variables,
			},
		},
		'read',
	)
	child.process.stdout?.resume()
	const url = `http://127.0.0.1:${port}`
	try {
		await Promise.race([answers(`${url}/sandbox/health`), child.died])
	} catch (error) {
		await child.stop()
		throw error
	}
	return asProgram(child, url)
}

async function answers(url: string): Promise<void> {
	for (const deadline = performance.now() + START_MS; performance.now() < deadline;) {
		const answer = await fetch(url).catch(() => null)
		await answer?.arrayBuffer()
		if (answer) return
		await sleep(50)
	}
	throw new Error(`Nothing answers at ${url}.`)
}

export type AppProgram = {
	port: number
	databaseUrl: string
	sandboxUrl: string
	output: 'shown' | 'read'
	variables?: Record<string, string>
}

/** The server a deployment runs, from the production build, in a process of its own; not ready yet. */
export function spawnApp({ port, databaseUrl, sandboxUrl, output, variables = {} }: AppProgram): Program {
	const url = `http://127.0.0.1:${port}`
	const child = startChild(
		{
			name: 'app',
			file: 'app/server/main.ts',
			env: {
				...NO_REAL_GATEWAY,
				NODE_ENV: 'production',
				ALLOW_SANDBOX: '1',
				HOST: '127.0.0.1',
				PORT: String(port),
				BASE_URL: url,
				DATABASE_URL: databaseUrl,
				SANDBOX_URL: sandboxUrl,
				VAULT_KEYS,
				WORKER: 'inline',
				LOG_LEVEL: 'warn',
				...variables,
			},
		},
		output,
	)
	return asProgram(child, url)
}

export async function startAppProgram(program: Omit<AppProgram, 'port'>): Promise<Program> {
	const app = spawnApp({ ...program, port: await freePort() })
	try {
		await isReady(app)
	} catch (error) {
		await app.stop()
		throw error
	}
	return app
}
