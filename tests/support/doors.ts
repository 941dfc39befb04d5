import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import express, { type Request as ExpressRequest, type Response as ExpressResponse } from 'express'
import type { RequestContext } from '#app/compose.server.ts'
import { fastLane } from '#app/api/fast-lane.server.ts'
import { clientNetwork } from '#app/http/client-network.server.ts'
import { trackResponses } from '#app/server/open-responses.ts'
import { sendWebResponse, toWebRequest } from '#app/server/web-bridge.ts'
import { routes } from '../../remix.config.js'

type Method = (args: LoaderFunctionArgs & ActionFunctionArgs) => Promise<Response>
type Module = { loader?: Method; action?: Method }
type Route = { path: string; file: string }

/** Sent by a test that wants Remix's door where the fast lane has one too. */
export const THROUGH_REMIX = { 'x-test-door': 'remix' }

/** The resource routes of remix.config.js: what answers without a page. */
function resourceRoutes(): Route[] {
	const found: Route[] = []
	routes((define: (route: (path: string, file: string, ...rest: unknown[]) => void) => void) => {
		define((path, file) => {
			if (file.endsWith('.ts') && path.startsWith('/')) found.push({ path, file })
		})
		return {}
	})
	return found
}

export type Doors = { baseUrl: string; close(): Promise<void> }

/** Serves the API on a real port through the same two doors as the app, without a build. */
export async function openDoors(contextOf: (clientGone: AbortSignal) => RequestContext): Promise<Doors> {
	const app = express()
	const responses = trackResponses()
	let baseUrl = ''
	const answer =
		(
			respond: (
				request: Request,
				context: RequestContext,
				params: Record<string, string>,
			) => Promise<Response>,
		) =>
		async (req: ExpressRequest, res: ExpressResponse, next: (error?: unknown) => void) => {
			try {
				const context = contextOf(responses.clientGone(res))
				const acting = { requestId: context.requestId, network: clientNetwork(context.clientIp) }
				const response = await context.services.actIn(acting, () =>
					respond(toWebRequest(req, baseUrl), context, req.params),
				)
				await sendWebResponse(res, response)
			} catch (error) {
				// As Remix has it: a thrown answer is an answer.
				if (error instanceof Response) await sendWebResponse(res, error)
				else next(error)
			}
		}
	for (const { method, path, handle } of fastLane) {
		const door = answer(handle)
		app[method === 'GET' ? 'get' : 'post'](path, (req, res, next) =>
			req.headers['x-test-door'] === 'remix' ? next() : void door(req, res, next),
		)
	}
	for (const { path, file } of resourceRoutes()) {
		const module = (await import(join(process.cwd(), 'app', file))) as Module
		app.all(
			path,
			answer((request, context, params) => {
				const run = request.method === 'GET' || request.method === 'HEAD' ? module.loader : module.action
				if (!run) throw new Error(`${file} answers no ${request.method}`)
				return run({ request, context, params })
			}),
		)
	}
	const server = createServer(app)
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
	return {
		baseUrl,
		async close() {
			const closed = new Promise((resolve) => server.close(resolve))
			server.closeAllConnections()
			await closed
		},
	}
}
