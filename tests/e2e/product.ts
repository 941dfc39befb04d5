import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createTestFolder } from '../support/test-folder.ts'

/** What the launcher writes into demo.json. */
export type Product = {
	baseUrl: string
	sandboxUrl: string
	databaseUrl: string
	owner: { email: string; password: string }
	manager: { email: string; password: string }
	secretKey: string
}

const ROOT = join(import.meta.dirname, '../..')
const LEAVE_WITH_US = './app/server/launcher/leave-with-launcher.js'

/** Set but empty, so that a developer's .env cannot lead the tests to another database or to real cards. */
const NOTHING_FROM_DOT_ENV = {
	DATABASE_URL: '',
	BASE_URL: '',
	STRIPE_SECRET_KEY: '',
	STRIPE_PUBLISHABLE_KEY: '',
	STRIPE_WEBHOOK_SECRET: '',
	STRIPE_API_BASE: '',
	PAYPAL_CLIENT_ID: '',
	PAYPAL_CLIENT_SECRET: '',
	PAYPAL_API_BASE: '',
	FX_RATES_URL: 'off',
	SANDBOX_DATA: '',
	WORKER: '',
	TRUST_PROXY: '',
}

type Variables = Record<string, string>

/**
 * `npm run demo` on ports and a data folder of its own. A build that fits the sources is used again. `settings` come
 * on top; they may depend on where the sandbox will be.
 */
export async function startProduct(
	settings: (sandboxUrl: string) => Variables = () => ({}),
): Promise<{ product: Product; stop(): Promise<void> }> {
	const folder = await createTestFolder()
	const [port, pgPort, sandboxPort] = await freePorts(3)
	const demo: ChildProcess = spawn(
		process.execPath,
		['--import', LEAVE_WITH_US, '--import', './app/server/require-node.js', 'app/server/demo.ts'],
		{
			cwd: ROOT,
			env: {
				...withoutVitest(process.env),
				...NOTHING_FROM_DOT_ENV,
				CARD_TESTING_LIMITS: '0',
				API_RATE_LIMITS: '0',
				TILLHOUSE_DATA: folder.path,
				PORT: String(port),
				PGPORT: String(pgPort),
				SANDBOX_PORT: String(sandboxPort),
				...settings(`http://127.0.0.1:${sandboxPort}`),
			},
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		},
	)
	const output = collected(demo)
	async function stop() {
		if (demo.exitCode === null && demo.signalCode === null) {
			const ended = once(demo, 'exit')
			demo.kill('SIGTERM')
			await ended
		}
		await folder.remove()
	}
	try {
		await Promise.race([
			output.says('Tillhouse is ready.'),
			once(demo, 'exit').then(() => Promise.reject(new Error(`The demo ended:\n${output.text()}`))),
		])
		const product = JSON.parse(await readFile(join(folder.path, 'demo.json'), 'utf8')) as Product
		return { product, stop }
	} catch (error) {
		await stop()
		throw error
	}
}

/** Or the build would believe that it is being unit-tested. */
const withoutVitest = (variables: NodeJS.ProcessEnv) =>
	Object.fromEntries(
		Object.entries(variables).filter(([name]) => !/^(NODE_ENV|MODE|DEV|PROD|SSR|TEST|VITEST.*)$/.test(name)),
	) as NodeJS.ProcessEnv

function collected({ stdout, stderr }: ChildProcess) {
	let text = ''
	let heard = () => {}
	for (const stream of [stdout, stderr]) {
		stream?.on('data', (chunk: Buffer) => {
			text += chunk.toString()
			heard()
		})
	}
	return {
		text: () => text.slice(-6000),
		says: (words: string) =>
			new Promise<void>((resolve) => (heard = () => text.includes(words) && resolve())),
	}
}

/** Held all at once, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
	const probes = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
	await Promise.all(probes.map((probe) => once(probe, 'listening')))
	const ports = probes.map((probe) => (probe.address() as AddressInfo).port)
	await Promise.all(probes.map((probe) => once(probe.close(), 'close')))
	return ports
}
