import { randomUUID } from 'node:crypto'
import type pg from 'pg'

const CHANNEL = 'tillhouse_hint'
/** A NOTIFY in each commit would serialize all commits; one for the commits of this long costs nothing. */
const GATHER_MS = 20
const RECONNECT_MS = 1_000
/** A listener says nothing for hours when all is well: only a question tells whether anybody is still there. */
const HEARTBEAT_MS = 10_000

export type Hints = {
	/** Something was committed; `queues` have new jobs. */
	send(queues: readonly string[]): void
	start(): Promise<void>
	stop(): Promise<void>
}

/**
 * Tells the other processes on the same database that there is something to read. Only a hint: whoever misses it
 * polls a second later, and our own process is told directly.
 */
export function createHints(options: {
	pool: pg.Pool
	connect: () => pg.Client
	onHint: (queues: readonly string[]) => void
	onError: (error: unknown) => void
}): Hints {
	// Not the process id: in containers every process is number 1.
	const sender = randomUUID()
	const gathered = new Set<string>()
	let sending: NodeJS.Timeout | undefined
	let reconnecting: NodeJS.Timeout | undefined
	let heartbeat: NodeJS.Timeout | undefined
	let listener: pg.Client | undefined
	let stopped = true

	async function flush(): Promise<void> {
		sending = undefined
		const payload = JSON.stringify({ sender, queues: [...gathered] })
		gathered.clear()
		await options.pool.query('select pg_notify($1, $2)', [CHANNEL, payload]).catch(options.onError)
	}

	function receive(payload: string | undefined): void {
		const message = JSON.parse(payload ?? '{}') as { sender?: string; queues?: string[] }
		if (message.sender !== sender) options.onHint(message.queues ?? [])
	}

	async function listen(): Promise<void> {
		const client = options.connect()
		const again = (error: unknown) => {
			if (listener !== client || stopped) return
			clearInterval(heartbeat)
			listener = undefined
			options.onError(error)
			client.end().catch(() => undefined)
			reconnecting = setTimeout(() => void listen(), RECONNECT_MS)
		}
		listener = client
		client.on('error', again)
		client.on('end', () => again(new Error('the listening connection ended')))
		client.on('notification', ({ payload }) => receive(payload))
		try {
			await client.connect()
			await client.query(`listen ${CHANNEL}`)
			heartbeat = setInterval(() => void client.query('select 1').catch(again), HEARTBEAT_MS)
		} catch (error) {
			again(error)
		}
	}

	return {
		send(queues) {
			for (const queue of queues) gathered.add(queue)
			if (!stopped) sending ??= setTimeout(() => void flush(), GATHER_MS)
		},
		async start() {
			stopped = false
			await listen()
		},
		async stop() {
			stopped = true
			clearTimeout(sending)
			clearTimeout(reconnecting)
			clearInterval(heartbeat)
			await listener?.end().catch(() => undefined)
		},
	}
}
