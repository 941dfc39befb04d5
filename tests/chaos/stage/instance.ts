import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { isReady } from '#app/server/launcher/child.ts'
import { freePort } from '#app/server/launcher/ports.ts'
import { spawnApp, type AppProgram, type Program } from '#tests/support/programs.ts'
import { openHttpTap, type HttpTap } from '../wire/http-tap.ts'
import { openPostgresProxy, type PostgresProxy } from '../wire/postgres-proxy.ts'
import type { See } from '../wire/events.ts'

export type Instance = {
	name: string
	/** Where clients reach it, through the tap. */
	url: string
	/** Where it listens itself. */
	ownUrl: string
	/** SIGKILL, now; it is started again at once. Its clients hear nothing more. */
	kill(): void
	/** SIGTERM, and the next process once this one is gone; resolves with the seconds that took. */
	restart(): Promise<number>
	/** Resolves when the present process is ready. */
	ready(): Promise<void>
	/** Whether a balancer would send to it now. */
	isUp(): boolean
	/** Ends that nobody asked for, each with how it ended. */
	exits: readonly string[]
	gatewayPosts(): number
	close(): Promise<void>
}

type Options = {
	name: string
	folder: string
	see: See
	postgresPort: number
	databaseUrlAt: (port: number) => string
	sandboxUrl: string
	variables: Record<string, string>
}

/** Keeps one app process up: whoever ends it, it starts again on the same port. */
class Keeper {
	readonly exits: string[] = []
	readonly #program: AppProgram
	readonly #log: WriteStream
	#current: Program | undefined
	#ready: Promise<void> = Promise.resolve()
	#isUp = false
	#expected = false
	#closing = false

	constructor(program: AppProgram, log: WriteStream) {
		this.#program = program
		this.#log = log
	}

	start(): void {
		const app = spawnApp(this.#program)
		this.#current = app
		this.#expected = false
		app.process.stdout?.pipe(this.#log, { end: false })
		this.#ready = isReady(app)
		this.#ready.then(
			() => (this.#isUp = this.#current === app && app.process.exitCode === null),
			() => undefined,
		)
		app.process.once('exit', (code, signal) => {
			this.#isUp = false
			if (this.#closing) return
			if (!this.#expected) this.exits.push(`${app.name}: ${signal ?? `code ${code}`}`)
			this.start()
		})
	}

	/** A process that died while starting is followed by another one. */
	async ready(): Promise<void> {
		for (;;) {
			const waited = this.#ready
			const isUp = await waited.then(
				() => true,
				() => false,
			)
			if (isUp && waited === this.#ready) return
			if (this.#closing) throw new Error('the instance is closing')
		}
	}

	isUp(): boolean {
		return this.#isUp
	}

	kill(): void {
		this.#expected = true
		this.#isUp = false
		this.#current?.process.kill('SIGKILL')
	}

	async restart(): Promise<number> {
		const leaving = this.#current?.process
		if (!leaving) throw new Error('there is no process to restart')
		const startedAt = performance.now()
		this.#expected = true
		const left = once(leaving, 'exit')
		leaving.kill('SIGTERM')
		const [code] = (await left) as [number | null]
		if (code !== 0) this.exits.push(`SIGTERM ended with code ${code}`)
		return (performance.now() - startedAt) / 1000
	}

	async stop(): Promise<void> {
		this.#closing = true
		await this.#current?.stop()
	}
}

async function openTaps({ name, see, postgresPort, sandboxUrl }: Options, ownUrl: string) {
	const taps: [PostgresProxy, HttpTap, HttpTap] = [
		await openPostgresProxy(name, postgresPort, see),
		await openHttpTap({ on: 'gateway', route: () => ({ instance: name, url: sandboxUrl }), see }),
		await openHttpTap({ on: 'api', route: () => ({ instance: name, url: ownUrl }), see }),
	]
	return taps
}

/** One instance of the app, web and jobs, with a tap on everything it says to others. */
export async function openInstance(options: Options): Promise<Instance> {
	const port = await freePort()
	const ownUrl = `http://127.0.0.1:${port}`
	const taps = await openTaps(options, ownUrl)
	const [postgres, gateway, api] = taps
	const log = createWriteStream(join(options.folder, `${options.name}.log`))
	const keeper = new Keeper(
		{
			port,
			databaseUrl: options.databaseUrlAt(postgres.port),
			sandboxUrl: gateway.url,
			output: 'read',
			variables: options.variables,
		},
		log,
	)
	keeper.start()
	return {
		name: options.name,
		url: api.url,
		ownUrl,
		exits: keeper.exits,
		ready: () => keeper.ready(),
		isUp: () => keeper.isUp(),
		gatewayPosts: () => gateway.posts(),
		kill() {
			keeper.kill()
			api.sever()
		},
		restart: () => keeper.restart(),
		async close() {
			await keeper.stop()
			for (const tap of taps) await tap.close()
			log.end()
		},
	}
}
