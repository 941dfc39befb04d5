import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { newId } from '../books/ids.ts'
import type { KeptAnswer } from '../books/service-shapes.ts'
import type { Fault } from '../faults/plan.ts'
import { BROKEN, falsify, send, stop, stops } from '../faults/wire.ts'
import { ApiError, envelope } from '../http/errors.ts'
import { decodeForm } from '../http/form.ts'
import { answer, json, readBody, type Reply } from '../http/message.ts'
import { list } from '../http/read.ts'
import { Idempotency, type Keyed, keyed } from '../idempotency.ts'
import type { Sandbox } from '../sandbox.ts'
import { authorise, onlyForServers, sameOrigin } from './authorise.ts'
import { checkExpand, expand } from './expand.ts'
import { type Call, clientOf } from './call.ts'
import { API_VERSION } from './publish.ts'
import { match, type Match } from './routes.ts'

interface Asked {
	requestId: string
	method: string
	path: string
	query: string
	body: string
	route: Match
	fromBrowser: boolean
	client: Call['client']
	keyed: Keyed | undefined
}

/** A kept 500 is the answer for good: asking again would only bring it again. */
const DO_NOT_RETRY = { 'Stripe-Should-Retry': 'false' }
const IS_PAYMENT = /^\/v1\/(payment_intents|refunds)/

/** Everything under /v1: who asks, what they ask, whether it was asked before, what goes wrong on purpose. */
export function stripeApi(sandbox: Sandbox) {
	const idempotency = new Idempotency(sandbox.books.answers, sandbox.clock)

	return async function handle(request: IncomingMessage, response: ServerResponse, url: string) {
		const requestId = newId('req', 14)
		const body = await readBody(request)
		try {
			const asked = understand(sandbox, request, url, body, requestId)
			await serve(asked, response)
		} catch (error) {
			answer(response, withHeaders(errorReply(error), requestId))
		}
	}

	async function serve(asked: Asked, response: ServerResponse): Promise<void> {
		const kept = asked.keyed && idempotency.recall(asked.keyed)
		const fault = drawFault(asked, kept === undefined)
		if (fault) sandbox.faults.happened(fault)
		if (fault && stops(fault)) return stop(fault, response, asked.keyed?.key)
		const reply = kept ? replay(kept, asked) : act(asked, fault)
		if (!kept) await linger(asked)
		await send(fault, response, reply, sandbox.faults.slowMs)
	}

	function drawFault(asked: Asked, fresh: boolean): Fault | undefined {
		if (asked.fromBrowser || asked.path.startsWith('/v1/test_helpers/')) return undefined
		const { method, path, route } = asked
		return sandbox.faults.draw({ method, path, fresh, createsPayment: route.createsPayment })
	}

	/** Runs the request to its end without a pause, so nothing else ever sees half of it. */
	function act(asked: Asked, fault: Fault | undefined): Reply {
		const { executed, reply } = run(sandbox, asked, fault)
		if (asked.keyed && executed) idempotency.keep(asked.keyed, asked.requestId, reply)
		return withHeaders(reply, asked.requestId, echo(asked))
	}

	/** The configured latency, during which the request still counts as in flight. */
	async function linger({ keyed: held, path }: Asked): Promise<void> {
		const { latencyMs } = sandbox.options
		if (latencyMs === 0 || !IS_PAYMENT.test(path)) return
		if (held) idempotency.begin(held)
		await wait(latencyMs)
		if (held) idempotency.end(held)
	}
}

const echo = ({ keyed: held }: Asked): Record<string, string> => (held ? { 'Idempotency-Key': held.key } : {})

const replay = (kept: KeptAnswer, asked: Asked): Reply =>
	withHeaders(kept, asked.requestId, {
		...echo(asked),
		'Idempotent-Replayed': 'true',
		'Original-Request': kept.request,
		...(kept.status === 500 ? DO_NOT_RETRY : {}),
	})

function understand(
	sandbox: Sandbox,
	request: IncomingMessage,
	url: string,
	body: string,
	requestId: string,
): Asked {
	const method = request.method ?? 'GET'
	const at = url.indexOf('?')
	const path = at < 0 ? url : url.slice(0, at)
	const fromBrowser = authorise(request.headers, sandbox.options) === 'publishable'
	if (fromBrowser) sameOrigin(request.headers)
	const route = match(method, path)
	if (!route) {
		throw new ApiError(404, {
			type: 'invalid_request_error',
			message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
		})
	}
	if (fromBrowser && !route.forBrowsers) throw onlyForServers()
	const key = request.headers['idempotency-key']
	return {
		requestId,
		method,
		path,
		query: at < 0 ? '' : url.slice(at + 1),
		body,
		route,
		fromBrowser,
		client: clientOf(request),
		keyed: method === 'POST' && typeof key === 'string' ? keyed(key, method, path, body) : undefined,
	}
}

function run(sandbox: Sandbox, asked: Asked, fault: Fault | undefined): { reply: Reply; executed: boolean } {
	const origin = { id: asked.requestId, idempotency_key: asked.keyed?.key ?? null }
	try {
		const params = falsify(fault, decodeForm(asked.method === 'POST' ? asked.body : asked.query))
		const expansions = list(params, 'expand') ?? []
		checkExpand(expansions)
		const { client, fromBrowser, route } = asked
		const call = { id: route.id, params, fromBrowser, client }
		const result = route.handler({ ...sandbox, origin }, call)
		if (fault === 'error_500_kept') return { reply: brokenForGood(), executed: true }
		return { reply: json(expand(sandbox.books, result, expansions)), executed: true }
	} catch (error) {
		const executed = error instanceof ApiError && error.executed
		if (executed && fault === 'error_500_kept') return { reply: brokenForGood(), executed }
		return { reply: errorReply(error), executed }
	}
}

const brokenForGood = (): Reply => ({
	...json(envelope(BROKEN), 500),
	headers: DO_NOT_RETRY,
})

function errorReply(error: unknown): Reply {
	if (!(error instanceof ApiError)) {
		console.error(error)
		return json(envelope(BROKEN), 500)
	}
	const reply = json(envelope(error.details), error.status)
	return error.status === 429 ? { ...reply, headers: { 'Retry-After': '1' } } : reply
}

function withHeaders(reply: Reply, requestId: string, more?: Record<string, string>): Reply {
	const { body, headers, status } = reply
	return {
		status,
		body,
		headers: { ...headers, ...more, 'Request-Id': requestId, 'Stripe-Version': API_VERSION },
	}
}
