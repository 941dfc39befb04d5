import { randomUUID } from 'node:crypto'
import { createRequestHandler } from '@remix-run/express'
import compression from 'compression'
import express, {
	Router,
	type ErrorRequestHandler,
	type Express,
	type Request,
	type RequestHandler,
	type Response,
} from 'express'
import type { Env } from '../config/env.server.ts'
import type { Logger } from '../telemetry/logger.server.ts'
import { entryOf, type FastRoute, type LoadedBuild, type RequestContext, type Services } from './build.ts'
import { appleDomainFile } from './apple-pay-domain.ts'
import { clientAddress, trustedHops } from './client-address.ts'
import { clientNetwork } from '../http/client-network.server.ts'
import { isEventStream, type OpenResponses } from './open-responses.ts'
import { requestLimits } from './request-limits.ts'
import { answerHeaders, neverStored, nonceOf, pageHeaders } from './security-headers.ts'
import { staticAssets } from './static-assets.ts'
import { sendWebResponse, toWebRequest } from './web-bridge.ts'

type Deps = {
	env: Env
	logger: Logger
	build: LoadedBuild
	services: Services
	responses: OpenResponses
	/** What APPLE_PAY_DOMAIN_FILE holds. */
	appleDomainContent: Buffer | null
	isDraining: () => boolean
}

type ContextOf = (req: Request, res: Response) => RequestContext

/** The order is the point: probes, then the fast lane, then everything a page needs. */
export function createApp(deps: Deps): Express {
	const { env, logger, build, services, responses } = deps
	const contextOf: ContextOf = (req, res) => ({
		services,
		requestId: requestIdOf(res),
		nonce: nonceOf(res),
		clientIp: clientAddress(req, env.http.trustProxy),
		clientGone: responses.clientGone(res),
	})

	const app = express()
	app.disable('x-powered-by')
	app.disable('etag')
	app.set('trust proxy', trustedHops(env.http.trustProxy))
	app.use(
		giveRequestId,
		closeWhileDraining(deps),
		logOutcome(logger),
		answerHeaders(env),
		probes(deps),
		appleDomainFile(deps.appleDomainContent),
	)
	app.use(requestLimits(requestIdOf))
	app.use(actInRequests(deps))
	app.use(fastLane(deps, contextOf))
	app.use(closeUnread)
	app.use(pageHeaders(env))
	app.use(
		compression({ filter: (req, res) => !isEventStream(res as Response) && compression.filter(req, res) }),
	)
	app.use(staticAssets(build.assets))
	app.all('*', async (req, res, next) => {
		const handle = createRequestHandler({
			build: await build.current(),
			getLoadContext: contextOf,
			mode: env.mode,
		})
		await handle(req, res, next)
	})
	app.use(lastResort(logger))
	return app
}

const giveRequestId: RequestHandler = (_req, res, next) => {
	const requestId = `req_${randomUUID().replaceAll('-', '')}`
	res.locals['requestId'] = requestId
	res.setHeader('Request-Id', requestId)
	next()
}

/** Everything an answer takes runs as this request, so that the audit record can say where a change came from. */
function actInRequests({ env, services }: Deps): RequestHandler {
	return (req, res, next) => {
		const network = clientNetwork(clientAddress(req, env.http.trustProxy))
		services.actIn({ requestId: requestIdOf(res), network }, next)
	}
}

const requestIdOf = (res: Response): string => (res.locals as { requestId?: string }).requestId ?? ''

/** Remix's adapter sets no such header: a refused body nobody reads would reset the client's next request here. */
const closeUnread: RequestHandler = (req, res, next) => {
	const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => Response
	res.writeHead = ((...args: unknown[]) => {
		if (!req.complete) res.setHeader('connection', 'close')
		return writeHead(...args)
	}) as typeof res.writeHead
	next()
}

/** Whoever kept a connection opens the next one elsewhere; open ones would hold up the end until they are cut. */
function closeWhileDraining({ isDraining }: Deps): RequestHandler {
	return (_req, res, next) => {
		if (isDraining()) res.setHeader('connection', 'close')
		next()
	}
}

function logOutcome(logger: Logger): RequestHandler {
	return (req, res, next) => {
		const startedAt = performance.now()
		res.on('finish', () => {
			const ms = Math.round(performance.now() - startedAt)
			logger[levelOf(res.statusCode)]({ req, res, requestId: requestIdOf(res), ms }, 'answered')
		})
		next()
	}
}

/** What was refused for want of rights, or for being tried too often, is told where nobody has to look for it. */
function levelOf(status: number): 'error' | 'warn' | 'debug' {
	if (status >= 500) return 'error'
	return status === 403 || status === 429 ? 'warn' : 'debug'
}

function probes({ services, isDraining }: Deps): Router {
	const router = Router()
	router.get('/healthz', (_req, res) => void res.type('text').send('ok'))
	router.get('/readyz', async (_req, res) => {
		const isReady = !isDraining() && (await services.ready().catch(() => false))
		res
			.status(isReady ? 200 : 503)
			.type('text')
			.send(isReady ? 'ready' : 'not ready')
	})
	return router
}

/** The API's busiest paths, answered without Remix, compression or a nonce, by the handlers Remix would call. */
function fastLane({ env, build }: Deps, contextOf: ContextOf): RequestHandler {
	const serve =
		(route: FastRoute): RequestHandler =>
		async (req, res, next) => {
			try {
				const context = contextOf(req, res)
				const response = await route.handle(toWebRequest(req, env.http.baseUrl), context, req.params)
				await sendWebResponse(res, response)
			} catch (error) {
				next(error)
			}
		}
	const routerFor = (routes: readonly FastRoute[]) => {
		const router = Router()
		for (const route of routes) {
			router[route.method === 'GET' ? 'get' : 'post'](route.path, neverStored, serve(route))
		}
		return router
	}
	let mounted: { routes: readonly FastRoute[]; router: Router } | undefined
	return (req, res, next) => {
		const answer = async () => {
			const routes = entryOf(await build.current()).fastLane
			if (mounted?.routes !== routes) mounted = { routes, router: routerFor(routes) } // hot reload
			mounted?.router(req, res, next)
		}
		answer().catch(next)
	}
}

function lastResort(logger: Logger): ErrorRequestHandler {
	return (error: unknown, _req, res, next) => {
		// Refused already, and its handler has only now heard that the rest of the body never came.
		if (res.writableEnded) return
		const status = isClientError(error) ? error.status : 500
		if (status === 500) {
			logger.error({ err: error, requestId: requestIdOf(res) }, 'request failed outside every handler')
		}
		if (res.headersSent) return next(error)
		const kind =
			status === 500
				? { type: 'api_error', code: 'internal' }
				: { type: 'invalid_request_error', code: 'request_malformed' }
		const message =
			status === 500 ? 'Something went wrong on our side.' : 'The request could not be understood.'
		res.status(status).json({ error: { ...kind, message, request_id: requestIdOf(res) } })
	}
}

/** Express and its static files throw these for broken paths and missing assets. */
function isClientError(error: unknown): error is { status: number } {
	return (
		error instanceof Error && 'status' in error && Number(error.status) >= 400 && Number(error.status) < 500
	)
}
