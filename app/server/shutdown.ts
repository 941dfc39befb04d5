import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../telemetry/logger.server.ts'

const LONGEST_MS = 25_000
const REQUESTS_MS = 10_000

export type Stoppable = {
	/** Stops taking work that a balancer could still send elsewhere. */
	announce(): void
	announceForMs: number
	server: Server | undefined
	endStreams(): void
	stopWorker(): Promise<void>
	close(): Promise<void>
}

/** Stops in the order in which nobody is cut off; a second signal, or 25 seconds, ends it at once. */
export function stopOnSignal(parts: Stoppable, logger: Logger): void {
	let isStopping = false
	const stop = (reason: string) => {
		if (isStopping) process.exit(1)
		isStopping = true
		logger.info({ reason }, 'stopping')
		setTimeout(() => {
			logger.error('still busy after 25 s; leaving')
			process.exit(1)
		}, LONGEST_MS).unref()
		stopInOrder(parts).then(
			() => {
				logger.info('stopped')
				process.exit(0)
			},
			(error: unknown) => {
				logger.error({ err: error }, 'stopping failed')
				process.exit(1)
			},
		)
	}
	process.on('SIGTERM', () => stop('SIGTERM'))
	process.on('SIGINT', () => stop('SIGINT'))
}

async function stopInOrder(parts: Stoppable): Promise<void> {
	parts.announce()
	await sleep(parts.announceForMs)
	await Promise.all([parts.server && finishRequests(parts.server, parts.endStreams), parts.stopWorker()])
	await parts.close()
}

async function finishRequests(server: Server, endStreams: () => void): Promise<void> {
	const closed = new Promise((resolve) => server.close(resolve))
	endStreams()
	server.closeIdleConnections()
	const impatience = setTimeout(() => server.closeAllConnections(), REQUESTS_MS)
	await closed
	clearTimeout(impatience)
}
