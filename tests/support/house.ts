import { randomUUID } from 'node:crypto'
import { parseEnv } from '#app/config/env.server.ts'
import { compose, type RequestContext, type Services } from '#app/compose.server.ts'
import { seedDemo, type SeededDemo } from '#db/seed.ts'
import { startWorker } from '#jobs/worker.ts'
import { createTestDatabase } from './database.ts'
import { openDoors } from './doors.ts'
import { startSandboxProcess, type SandboxProcess } from './sandbox-process.ts'

export const WEBHOOK_SECRET = 'whsec_test_0123456789abcdef'

export type Answer = { status: number; body: Record<string, unknown>; text: string; headers: Headers }

export type House = {
	services: Services
	baseUrl: string
	sandbox: SandboxProcess
	demo: SeededDemo
	/** A call of the API with the demo's secret key; `headers` may replace it. */
	call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
	close(): Promise<void>
}

export type HouseOptions = {
	/** Off: nothing is screened or charged until the test says so. */
	worker?: boolean
	/** Whether the sandbox delivers its webhooks to this house. */
	webhooks?: boolean
	sandbox?: Record<string, string>
}

/** A whole Tillhouse on a database of its own: API on a port, worker, sandbox gateway. Close it in afterAll. */
export async function openHouse({
	worker = true,
	webhooks = true,
	sandbox: variables = {},
}: HouseOptions = {}): Promise<House> {
	const database = await createTestDatabase()
	const demo = await seedDemo(database.url, randomUUID())
	// The doors open first: the gateway must know where its webhooks go before the house is composed.
	const composed: { services?: Services } = {}
	const doors = await openDoors((clientGone): RequestContext => {
		const { services } = composed
		if (!services) throw new Error('the house is not open yet')
		return { services, requestId: `req_${randomUUID()}`, nonce: '', clientIp: '127.0.0.1', clientGone }
	})
	const sandbox = await startSandboxProcess({
		...(webhooks && {
			SANDBOX_WEBHOOK_URL: `${doors.baseUrl}/api/webhooks/stripe`,
			SANDBOX_WEBHOOK_SECRET: WEBHOOK_SECRET,
		}),
		...variables,
	})
	const env = parseEnv({
		NODE_ENV: 'test',
		DATABASE_URL: database.url,
		BASE_URL: doors.baseUrl,
		SANDBOX_URL: sandbox.url,
		STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
		LOG_LEVEL: 'silent',
	})
	const services = await compose(env)
	composed.services = services
	const working = worker ? await startWorker(services) : null

	return {
		services,
		baseUrl: doors.baseUrl,
		sandbox,
		demo,
		async call(method, path, body, headers = {}) {
			const text = typeof body === 'string' ? body : JSON.stringify(body)
			const response = await fetch(doors.baseUrl + path, {
				method,
				headers: {
					authorization: `Bearer ${demo.secretKey}`,
					...(body !== undefined && { 'content-type': 'application/json' }),
					...headers,
				},
				...(body !== undefined && { body: text }),
			})
			const answer = await response.text()
			const parsed = answer.startsWith('{') ? (JSON.parse(answer) as Record<string, unknown>) : {}
			return { status: response.status, body: parsed, text: answer, headers: response.headers }
		},
		async close() {
			await sandbox.stop()
			await doors.close()
			await working?.stop()
			await services.close()
			await database.drop()
		},
	}
}
