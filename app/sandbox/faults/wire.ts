import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { ApiError } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { answer, headersOf, type Reply } from '../http/message.ts'
import { inUse } from '../idempotency.ts'
import type { Fault } from './plan.ts'

const LONGEST_SILENCE_MS = 120_000
const DRIPS = 30

/** Silence until the caller gives up. */
export function hold(response: ServerResponse): void {
	const timer = setTimeout(() => response.destroy(), LONGEST_SILENCE_MS)
	response.once('close', () => clearTimeout(timer))
}

/** Faults that strike before anything was done for the request. */
const STOPPING = new Set<Fault>(['timeout_before', 'error_500_not_kept', 'error_429', 'conflict_409'])

export const stops = (fault: Fault): boolean => STOPPING.has(fault)

export function stop(fault: Fault, response: ServerResponse, key = ''): void {
	if (fault === 'timeout_before') return hold(response)
	if (fault === 'conflict_409') throw inUse(key)
	if (fault === 'error_500_not_kept') throw new ApiError(500, BROKEN)
	throw new ApiError(429, {
		type: 'invalid_request_error',
		code: 'rate_limit',
		message:
			'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
	})
}

export const BROKEN = {
	type: 'api_error',
	message: 'An unknown error occurred. Please retry with the same idempotency key.',
} as const

/** The order is made out over something else than was asked, in the answer as in the books. */
export function falsify(fault: Fault | undefined, params: Form): Form {
	if (fault === 'wrong_amount') return { ...params, amount: String(Number(params['amount']) + 100) }
	if (fault !== 'wrong_currency') return params
	return { ...params, currency: params['currency'] === 'eur' ? 'usd' : 'eur' }
}

/** Sends the answer, unless a fault spoils the way back after everything was done. */
export async function send(
	fault: Fault | undefined,
	response: ServerResponse,
	reply: Reply,
	slowMs: number,
): Promise<void> {
	const half = reply.body.slice(0, reply.body.length / 2)
	switch (fault) {
		case 'timeout_after':
			return hold(response)
		case 'malformed':
			return answer(response, { ...reply, body: `${half}<html>502 Bad Gateway</html>` })
		case 'truncated':
			return answer(response, { ...reply, body: half })
		case 'reset':
			response.writeHead(reply.status, headersOf(reply))
			response.write(half, () => setImmediate(() => response.socket?.resetAndDestroy()))
			return
		case 'slow':
			response.writeHead(reply.status, headersOf(reply))
			return drip(response, Buffer.from(reply.body), slowMs)
		default:
			answer(response, reply)
	}
}

async function drip(response: ServerResponse, body: Buffer, slowMs: number): Promise<void> {
	const size = Math.ceil(body.length / DRIPS)
	for (let from = 0; from < body.length && !response.destroyed; from += size) {
		response.write(body.subarray(from, from + size))
		await wait(slowMs / DRIPS, undefined, { ref: false })
	}
	response.end()
}
