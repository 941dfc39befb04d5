import { once } from 'node:events'
import { request, type IncomingMessage, type Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestLimits } from './request-limits.ts'

const MEGABYTE = 1024 * 1024

let server: Server
let received: number

beforeAll(async () => {
	const app = express()
	app.disable('x-powered-by')
	app.use(requestLimits(() => 'req_1'))
	app.use((req, res) => {
		received = 0
		req.on('data', (chunk: Buffer) => (received += chunk.length))
		req.on('end', () => res.json({ received }))
	})
	server = createServer(app).listen(0, '127.0.0.1')
	await once(server, 'listening')
})
afterAll(async () => {
	server.closeAllConnections()
	await once(server.close(), 'close')
})

type Answer = { status: number; headers: IncomingMessage['headers']; body: Record<string, unknown> }
type Sent = { method?: string; path?: string; headers?: Record<string, string>; chunks?: Iterable<Buffer> }

function send({ method = 'POST', path = '/shop', headers = {}, chunks = [] }: Sent): Promise<Answer> {
	const { port } = server.address() as AddressInfo
	return new Promise((resolve, reject) => {
		const sent = request({ port, host: '127.0.0.1', method, path, headers, agent: false }, (response) => {
			const parts: Buffer[] = []
			response.on('data', (part: Buffer) => parts.push(part))
			response.on('end', () => {
				const text = Buffer.concat(parts).toString()
				const body = (text ? JSON.parse(text) : {}) as Record<string, unknown>
				resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
				sent.destroy()
			})
		})
		// The rest of a refused body may find the connection closed.
		sent.on('error', (error) => (sent.destroyed ? undefined : reject(error)))
		for (const chunk of chunks) sent.write(chunk)
		sent.end()
	})
}

const refusal = (code: string) => ({ error: { type: 'invalid_request_error', code, request_id: 'req_1' } })

test('a body of one megabyte arrives whole', async () => {
	const chunks = [Buffer.alloc(MEGABYTE / 2), Buffer.alloc(MEGABYTE / 2)]
	expect(await send({ chunks })).toMatchObject({ status: 200, body: { received: MEGABYTE } })
})

test('a body that says it is larger is refused before a byte of it is read', async () => {
	const answer = await send({ headers: { 'content-length': String(2 * MEGABYTE) } })
	expect(answer).toMatchObject({
		status: 413,
		headers: { connection: 'close' },
		body: refusal('body_too_large'),
	})
})

test('a body that says nothing of its length is cut off', async () => {
	const chunks = Array.from({ length: 64 }, () => Buffer.alloc(64 * 1024))
	const answer = await send({ headers: { 'transfer-encoding': 'chunked' }, chunks })
	expect(answer).toMatchObject({ status: 413, body: refusal('body_too_large') })
	expect(received).toBeLessThanOrEqual(MEGABYTE + 64 * 1024)
})

test.each(['TRACE', 'OPTIONS', 'PROPFIND', 'PUT', 'DELETE', 'PATCH'])(
	'%s of a page is answered with what a page takes',
	async (method) => {
		expect(await send({ method })).toMatchObject({
			status: 405,
			headers: { allow: 'GET, HEAD, POST' },
			body: refusal('method_not_allowed'),
		})
	},
)

test('TRACE of the API is refused, and its own methods are left to its handlers', async () => {
	expect(await send({ method: 'TRACE', path: '/api/v1/payments' })).toMatchObject({ status: 405 })
	expect(await send({ method: 'PUT', path: '/api/v1/routing/rules' })).toMatchObject({ status: 200 })
	expect(await send({ method: 'PATCH', path: '/api/v1/not/listed' })).toMatchObject({ status: 200 })
})

test.each([
	['DELETE', '/api/v1/payments/pay_1', 'GET, HEAD'],
	['GET', '/api/payments/pay_1/refund', 'POST'],
	['POST', '/api/v1/routing/rules', 'GET, HEAD, PUT'],
])('%s of %s is answered with what the path takes', async (method, path, allow) => {
	expect(await send({ method, path })).toMatchObject({ status: 405, headers: { allow } })
})

test('an address of more than 8 kB and more than 100 headers are refused', async () => {
	expect(await send({ path: `/shop?${'q'.repeat(8 * 1024)}` })).toMatchObject({
		status: 414,
		body: refusal('address_too_long'),
	})
	const headers = Object.fromEntries(Array.from({ length: 101 }, (_, count) => [`x-${count}`, 'y']))
	expect(await send({ headers })).toMatchObject({ status: 431, body: refusal('too_many_headers') })
})
