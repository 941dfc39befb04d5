import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { InvalidEnvironment, readEnv, type Env } from '../config/env.server.ts'
import { createLogger } from '../telemetry/logger.server.ts'
import { readAppleDomainFile } from './apple-pay-domain.ts'
import { createApp } from './app.ts'
import { entryOf, loadDevelopmentBuild, loadProductionBuild } from './build.ts'
import { trackResponses } from './open-responses.ts'
import { stopOnSignal } from './shutdown.ts'

const env = readEnvOrExit()
const logger = createLogger(env.log)
const appleDomainContent = await readAppleDomainFile(env.applePayDomainFile).catch(explain)
const server = createHttpServer()
const build = env.mode === 'development' ? await loadDevelopmentBuild(server) : await loadProductionBuild()
const { compose, startWorker } = entryOf(await build.current())

const services = await compose(env)
const worker = env.worker === 'off' ? undefined : await startWorker(services)
const responses = trackResponses()
const servesWeb = env.worker !== 'only'
let isDraining = false

stopOnSignal(
	{
		announce: () => (isDraining = true),
		announceForMs: env.http.trustProxy === 'none' ? 0 : 3_000,
		server: servesWeb ? server : undefined,
		endStreams: responses.endStreams,
		stopWorker: async () => worker?.stop(),
		async close() {
			await services.close()
			await build.close()
		},
	},
	logger,
)

if (servesWeb) {
	server.on(
		'request',
		createApp({ env, logger, build, services, responses, appleDomainContent, isDraining: () => isDraining }),
	)
	await listen(server, env)
}
logger.info({ worker: env.worker, baseUrl: env.http.baseUrl }, 'ready')
process.send?.('ready')

function createHttpServer(): Server {
	// Slow senders are cut off; idle connections outlive a balancer's own patience of 60 s.
	return createServer({ headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 })
}

async function listen(server: Server, { http }: Env): Promise<void> {
	server.listen(http.port, http.host)
	try {
		await once(server, 'listening')
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
		process.stderr.write(`Port ${http.port} is taken. Choose another with PORT=${http.port + 1}.\n`)
		process.exit(1)
	}
}

function readEnvOrExit(): Env {
	try {
		return readEnv()
	} catch (error) {
		return explain(error)
	}
}

function explain(error: unknown): never {
	if (!(error instanceof InvalidEnvironment)) throw error
	process.stderr.write(`${error.message}\n`)
	process.exit(1)
}
