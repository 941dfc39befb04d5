import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from '../faults/plan.ts'
import { send, stops } from '../faults/wire.ts'
import { answer, json, readBody, type Reply } from '../http/message.ts'
import type { Desk } from '../sandbox.ts'
import { grantToken, refuseStranger } from './access.ts'
import type { Outcome } from './call.ts'
import { missing, PayPalError } from './errors.ts'
import { type Keyed, keyed, RequestIds } from './idempotency.ts'
import { newPayPalId } from './ids.ts'
import { latest } from './latest.ts'
import { readMock } from './mock.ts'
import { parseBody } from './read.ts'
import { readEvidence } from './multipart.ts'
import { match, type Match } from './routes.ts'
import { falsify, stop } from './spoil.ts'

interface Asked {
	debugId: string
	method: string
	/** With the prefix, as a plan of faults names it. */
	path: string
	query: URLSearchParams
	body: string
	route: Match
	whole: boolean
	mock: string | undefined
	keyed: Keyed | undefined
}

export const PREFIX = '/paypal'
const TOKEN = `${PREFIX}/v1/oauth2/token`

/** PayPal's REST API: who asks, what they ask, whether it was asked before, what goes wrong on purpose. */
export function paypalApi(desk: Desk) {
	const requestIds = new RequestIds(desk)

	return async function handle(request: IncomingMessage, response: ServerResponse, url: URL) {
		const debugId = newPayPalId(13).toLowerCase()
		const body = await readBody(request)
		try {
			if (`${request.method} ${url.pathname}` === `POST ${TOKEN}`) {
				return await serveToken(desk, request, response, body, debugId)
			}
			const stranger = refuseStranger(request.headers, desk.options)
			if (stranger) return answer(response, marked(stranger, debugId))
			const text = await readEvidence(request.headers['content-type'], body)
			await serve(understand(request, url, text, debugId), response)
		} catch (error) {
			answer(response, errorReply(error, debugId))
		}
	}

	async function serve(asked: Asked, response: ServerResponse): Promise<void> {
		const { debugId, method, path, route } = asked
		const known = asked.keyed && requestIds.recall(asked.keyed)
		const fresh = known === undefined
		const fault = desk.faults.draw({ method, path, fresh, createsPayment: route.createsPayment })
		if (fault) desk.faults.happened(fault)
		if (fault && stops(fault)) return stop(fault, response)
		const outcome = known ? latest(desk, known, asked.whole) : act(asked, fault)
		if (fresh) await linger(asked)
		const reply = fault === 'error_500_kept' ? broken(debugId) : replyOf(outcome, debugId)
		await send(fault, response, reply, desk.faults.slowMs)
	}

	/** Runs the request to its end without a pause, so nothing else ever sees half of it. */
	function act(asked: Asked, fault: Fault | undefined): Outcome {
		const { body, mock, query, route, whole } = asked
		const outcome = route.handler(desk, {
			id: route.id,
			query,
			body: falsify(fault, parseBody(body)),
			whole,
			mock,
			hasRequestId: asked.keyed !== undefined,
		})
		if (asked.keyed && outcome.subject) requestIds.keep(asked.keyed, outcome.subject)
		return outcome
	}

	/** The configured latency, during which the request still counts as in flight. */
	async function linger({ keyed: held, method }: Asked): Promise<void> {
		const { latencyMs } = desk.options
		if (latencyMs === 0 || method !== 'POST') return
		if (held) requestIds.begin(held)
		await wait(latencyMs)
		if (held) requestIds.end(held)
	}
}

async function serveToken(
	desk: Desk,
	request: IncomingMessage,
	response: ServerResponse,
	body: string,
	debugId: string,
): Promise<void> {
	const fault = desk.faults.draw({ method: 'POST', path: TOKEN, fresh: true, createsPayment: false })
	if (fault) desk.faults.happened(fault)
	if (fault && stops(fault)) return stop(fault, response)
	const reply = grantToken(request.headers, body, desk.options)
	await send(fault, response, marked(reply, debugId), desk.faults.slowMs)
}

function understand(request: IncomingMessage, url: URL, body: string, debugId: string): Asked {
	const { headers, method = 'GET' } = request
	const path = url.pathname.slice(PREFIX.length)
	const route = match(method, path)
	if (!route) throw missing(path)
	const id = headers['paypal-request-id']
	return {
		debugId,
		method,
		path: url.pathname,
		query: url.searchParams,
		body,
		route,
		whole: /return=representation/.test(String(headers['prefer'] ?? '')),
		mock: readMock(headers),
		keyed:
			method === 'POST' && typeof id === 'string' && id !== ''
				? keyed(id, route.route, path, body)
				: undefined,
	}
}

const replyOf = ({ body, status }: Outcome, debugId: string): Reply =>
	marked(body === undefined ? { status, body: '' } : json(body, status), debugId)

const broken = (debugId: string): Reply =>
	marked(new PayPalError('INTERNAL_SERVER_ERROR').reply(debugId), debugId)

function errorReply(error: unknown, debugId: string): Reply {
	if (error instanceof PayPalError) return marked(error.reply(debugId), debugId)
	console.error(error)
	return broken(debugId)
}

function marked(reply: Reply, debugId: string): Reply {
	return { ...reply, headers: { ...reply.headers, 'Paypal-Debug-Id': debugId } }
}
