import { json } from './handler.server.ts'
import { publicOperation } from './operation.server.ts'

/** GET /api/v1/health: what this process can reach right now, asked while you wait. */
export const health = publicOperation('GET /health', async ({ context: { services } }) => {
	const database = await services.ready().catch(() => false)
	const queue = await services.boss.isInstalled().catch(() => false)
	const isHealthy = database && queue
	return json(
		{
			status: isHealthy ? 'ok' : 'unavailable',
			checks: { app: 'ok', database: database ? 'ok' : 'unavailable', queue: queue ? 'ok' : 'unavailable' },
		},
		isHealthy ? 200 : 503,
	)
})
