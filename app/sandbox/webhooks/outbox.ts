import type { Collection } from '../books/collection.ts'
import type { Dispatch } from '../books/service-shapes.ts'
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults/faults.ts'
import type { Attempt, DeliveryLog } from './delivery-log.ts'
import type { Addressee, Notice, Post } from './post.ts'
import { Progress } from './progress.ts'
import { type Sent, Sender } from './sender.ts'

const CONNECTIONS = 16

interface Delivery<N, A> {
	event: N
	endpoint: A
	attempt: number
	/** A doubled or forged delivery: nobody waits for it and it is not tried again. */
	extra?: 'double' | 'forge'
}

export interface OutboxParts {
	dispatches: Collection<Dispatch>
	clock: Clock
	faults: Faults
	log: DeliveryLog
}

/** Delivers events at least once, some at a time, and never in the way of the API. */
export class Outbox<N extends Notice, A extends Addressee> {
	readonly #post: Post<N, A>
	readonly #dispatches: Collection<Dispatch>
	readonly #clock: Clock
	readonly #faults: Faults
	readonly #log: DeliveryLog
	readonly #progress: Progress
	readonly #sender = new Sender(CONNECTIONS)
	readonly #timers = new Set<NodeJS.Timeout>()
	#queue: Delivery<N, A>[] = []
	#sending = 0
	#stopped = false

	constructor(post: Post<N, A>, { clock, dispatches, faults, log }: OutboxParts) {
		this.#post = post
		this.#dispatches = dispatches
		this.#clock = clock
		this.#faults = faults
		this.#log = log
		this.#progress = new Progress(dispatches)
	}

	/** Deliveries whose turn has come and that nobody has made yet. */
	get waiting(): number {
		return this.#queue.length
	}

	audience(type: string): A[] {
		return this.#post.audience(type)
	}

	send(event: N): void {
		this.#post.keep(event)
		if (event.pending_webhooks > 0) this.deliver(event)
	}

	/** Also what a replay does: every endpoint that wants the event gets it. */
	deliver(event: N): void {
		const audience = this.audience(event.type)
		this.#progress.expect(event.id, audience.length)
		for (const endpoint of audience) this.#dispatch({ event, endpoint, attempt: 1 })
	}

	/** After a restart: whatever was still on its way is sent again. */
	resume(): void {
		for (const event of this.#post.events()) {
			if (event.pending_webhooks > 0 && !this.#dispatches.get(event.id)) this.deliver(event)
		}
	}

	stop(): void {
		this.#stopped = true
		for (const timer of this.#timers) clearTimeout(timer)
		this.#sender.stop()
	}

	#dispatch(delivery: Delivery<N, A>): void {
		const turn = this.#faults.drawForWebhook()
		if (!turn) return this.#enqueue(delivery)
		if (turn.forged) this.#enqueue({ ...delivery, extra: 'forge' })
		if (turn.dropped) {
			this.#faults.happened('drop')
			this.#progress.ended(delivery.event.id, false)
			return
		}
		if (turn.doubled) this.#enqueue({ ...delivery, extra: 'double' })
		for (const fault of turn.late) this.#faults.happened(fault)
		this.#after(turn.delayMs, delivery)
	}

	#after(ms: number, delivery: Delivery<N, A>): void {
		if (this.#stopped) return
		if (ms === 0) return this.#enqueue(delivery)
		const timer = setTimeout(() => {
			this.#timers.delete(timer)
			this.#enqueue(delivery)
		}, ms)
		this.#timers.add(timer)
	}

	#enqueue(delivery: Delivery<N, A>): void {
		this.#queue.push(delivery)
		this.#pump()
	}

	#pump(): void {
		while (this.#sending < CONNECTIONS && !this.#stopped) {
			const delivery = this.#queue.shift()
			if (!delivery) return
			this.#sending++
			void this.#attempt(delivery).finally(() => {
				this.#sending--
				this.#pump()
			})
		}
	}

	async #attempt(delivery: Delivery<N, A>): Promise<void> {
		const { attempt, endpoint, event, extra } = delivery
		const { body, headers } = await this.#post.seal(event, endpoint, extra === 'forge')
		if (this.#stopped) return
		const sent = await this.#sender.post(endpoint.url, body, headers)
		if (this.#stopped) return
		if (extra) this.#faults.happened(extra)
		const retryIn = this.#conclude(delivery, sent)
		this.#log.add(entry(delivery, sent, this.#clock.now(), attempt, retryIn))
	}

	#conclude(delivery: Delivery<N, A>, sent: Sent): number | null {
		const { attempt, event, extra } = delivery
		if (extra) return null
		const arrived = sent.status >= 200 && sent.status < 300
		const seconds = this.#post.retryAfter[attempt - 1]
		if (arrived || seconds === undefined) {
			this.#progress.ended(event.id, arrived)
			return null
		}
		const wait = this.#clock.compress(seconds)
		this.#after(wait, { ...delivery, attempt: attempt + 1 })
		return wait
	}
}

function entry(
	delivery: Delivery<Notice, Addressee>,
	sent: Sent,
	at: number,
	attempt: number,
	retryIn: number | null,
): Attempt {
	const { endpoint, event, extra } = delivery
	return {
		event: event.id,
		type: event.type,
		endpoint: endpoint.id,
		url: endpoint.url,
		attempt,
		fault: extra ?? null,
		at: new Date(at).toISOString(),
		...sent,
		retry_in_ms: retryIn,
	}
}
