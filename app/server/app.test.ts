import { once } from 'node:events'
import { Agent, createServer, get, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import type { ServerBuild } from '@remix-run/node'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseEnv } from '../config/env.server.ts'
import { createLogger } from '../telemetry/logger.server.ts'
import { createApp } from './app.ts'
import type { Services } from './build.ts'
import { trackResponses } from './open-responses.ts'

type Handle = (request: Request, context: { clientGone: AbortSignal; clientIp: string }) => Promise<Response>

let server: Server
let origin: string
let handle: Handle
let isDraining = false
let logged: string[] = []
const responses = trackResponses()

beforeEach(async () => {
	isDraining = false
	logged = []
	const fastLane = ['GET', 'POST'].map((method) => ({
		method,
		path: '*',
		handle: (...args: Parameters<Handle>) => handle(...args),
	}))
	const build = { entry: { module: { fastLane } } } as unknown as ServerBuild
	const app = createApp({
		env: parseEnv({ NODE_ENV: 'test', BASE_URL: 'https://pay.tillhouse.test', TRUST_PROXY: 'fly' }),
		logger: createLogger({ level: 'warn' }, { write: (line: string) => void logged.push(line) }),
		build: { current: async () => build, assets: { kind: 'built', directory: '.' }, close: async () => {} },
		services: {
			ready: async () => true,
			actIn: (_: unknown, work: () => unknown) => work(),
		} as unknown as Services,
		responses,
		appleDomainContent: null,
		isDraining: () => isDraining,
	})
	server = createServer(app).listen(0, '127.0.0.1')
	await once(server, 'listening')
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
	server.close()
	server.closeAllConnections()
	await once(server, 'close')
})

test('a handler sees the body, our own origin and the address Fly names', async () => {
	handle = async (request, { clientIp }) =>
		Response.json({ url: request.url, body: await request.text(), clientIp })
	const answer = await fetch(`${origin}/api?x=1`, {
		method: 'POST',
		body: 'raw ü',
		headers: { 'fly-client-ip': '203.0.113.9', 'x-forwarded-for': '198.51.100.1' },
	})
	expect(await answer.json()).toEqual({
		url: 'https://pay.tillhouse.test/api?x=1',
		body: 'raw ü',
		clientIp: '203.0.113.9',
	})
	expect(answer.headers.get('request-id')).toMatch(/^req_[0-9a-f]{32}$/)
	expect(answer.headers.get('strict-transport-security')).toContain('max-age=31536000')
})

test('a path that looks like a host does not become one', async () => {
	handle = async (request) => new Response(new URL(request.url).host)
	const { port } = server.address() as AddressInfo
	const socket = connect(port, '127.0.0.1')
	socket.write('GET //elsewhere.test/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
	const chunks: Buffer[] = []
	for await (const chunk of socket) chunks.push(chunk as Buffer)
	expect(Buffer.concat(chunks).toString()).toMatch(/pay\.tillhouse\.test$/)
})

test('a failing handler is a plain 500 with a request id', async () => {
	handle = async () => {
		throw new Error('the password is hunter2')
	}
	const answer = await fetch(`${origin}/api`)
	expect(answer.status).toBe(500)
	const text = await answer.text()
	expect(text).toContain(answer.headers.get('request-id'))
	expect(text).not.toContain('hunter2')
})

test('every cookie of an answer arrives', async () => {
	handle = async () =>
		new Response(null, {
			status: 204,
			headers: [
				['set-cookie', 'a=1'],
				['set-cookie', 'b=2'],
			],
		})
	expect((await fetch(`${origin}/api`)).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
})

test('clientGone aborts when the reader of a stream leaves, and when the server drains', async () => {
	for (const leave of [(reader: AbortController) => reader.abort(), () => responses.endStreams()]) {
		let gone: AbortSignal | undefined
		handle = async (_request, { clientGone }) => {
			gone = clientGone
			return new Response(eventsUntil(clientGone), { headers: { 'content-type': 'text/event-stream' } })
		}
		const reader = new AbortController()
		const answer = await fetch(`${origin}/stream`, { signal: reader.signal })
		expect(answer.headers.get('content-type')).toBe('text/event-stream')
		leave(reader)
		await expect.poll(() => gone?.aborted).toBe(true)
	}
})

test('what is refused for want of rights or for being tried too often is told in the log, without its secrets', async () => {
	handle = async (request) =>
		new Response(null, { status: Number(new URL(request.url).searchParams.get('status')) })
	for (const status of [200, 303, 400, 401, 403, 404, 429])
		await fetch(`${origin}/api/v1/payments?status=${status}&key=sk_live_canary0123456789`, {
			headers: { authorization: 'Bearer sk_live_canary0123456789', cookie: 'sid=canary' },
		})
	const lines = () => logged.map((line) => JSON.parse(line) as Record<string, unknown>)
	await expect.poll(() => lines().length).toBe(2)
	expect(lines()).toMatchObject(
		[403, 429].map((statusCode) => ({
			level: 'warn',
			req: { method: 'GET', path: '/api/v1/payments' },
			res: { statusCode },
			requestId: expect.stringMatching(/^req_/),
		})),
	)
	expect(logged.join()).not.toContain('canary')
})

test('a draining server says it is alive, but not ready', async () => {
	expect((await fetch(`${origin}/readyz`)).status).toBe(200)
	isDraining = true
	expect((await fetch(`${origin}/readyz`)).status).toBe(503)
	expect((await fetch(`${origin}/healthz`)).status).toBe(200)
})

test('a draining server closes each connection with its answer, so that nobody holds up its end', async () => {
	handle = async () => new Response('done')
	const agent = new Agent({ keepAlive: true })
	const ask = () =>
		new Promise<string | undefined>((resolve, reject) => {
			get(`${origin}/api`, { agent }, (answer) => {
				answer.resume()
				answer.on('end', () => resolve(answer.headers.connection))
			}).on('error', reject)
		})
	expect(await ask()).toBe('keep-alive')
	isDraining = true
	expect(await ask()).toBe('close')
	await expect
		.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count))))
		.toBe(0)
	agent.destroy()
})

function eventsUntil(end: AbortSignal): ReadableStream<Uint8Array> {
	return new ReadableStream({
		start(controller) {
			controller.enqueue(new TextEncoder().encode('data: 1\n\n'))
			end.addEventListener('abort', () => controller.close())
		},
	})
}
