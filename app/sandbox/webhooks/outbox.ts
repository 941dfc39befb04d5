import Stripe from 'stripe'
import type { Books } from '../books/books.ts'
import type { Event, WebhookEndpoint } from '../books/service-shapes.ts'
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults/faults.ts'
import { type Attempt, DeliveryLog } from './delivery-log.ts'
import { Progress } from './progress.ts'
import { type Sent, Sender } from './sender.ts'

const CONNECTIONS = 16
const FORGED_SECRET = 'whsec_forged'
/** Stripe's back-off, in seconds, before the clock compresses it. */
const RETRY_AFTER = [300, 1_800, 7_200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200]

interface Delivery {
	event: Event
	endpoint: WebhookEndpoint
	attempt: number
	/** A doubled or forged delivery: nobody waits for it and it is not tried again. */
	extra?: 'double' | 'forge'
}

/** Delivers events at least once, some at a time, and never in the way of the API. */
export class Outbox {
	readonly log = new DeliveryLog()
	readonly #books: Books
	readonly #clock: Clock
	readonly #faults: Faults
	readonly #fixed: WebhookEndpoint | undefined
	readonly #progress: Progress
	readonly #sender = new Sender(CONNECTIONS)
	readonly #timers = new Set<NodeJS.Timeout>()
	#queue: Delivery[] = []
	#sending = 0
	#stopped = false

	constructor(books: Books, clock: Clock, faults: Faults, fixed: WebhookEndpoint | undefined) {
		this.#books = books
		this.#clock = clock
		this.#faults = faults
		this.#fixed = fixed
		this.#progress = new Progress(books.dispatches)
	}

	audience(type: string): WebhookEndpoint[] {
		const endpoints = this.#books.endpoints.all()
		if (this.#fixed) endpoints.push(this.#fixed)
		return endpoints.filter(({ enabled_events }) =>
			enabled_events.some((name) => name === '*' || name === type),
		)
	}

	send(event: Event): void {
		this.#books.events.put(event)
		if (event.pending_webhooks > 0) this.deliver(event)
	}

	/** Also what a replay does: every endpoint that wants the event gets it. */
	deliver(event: Event): void {
		const audience = this.audience(event.type)
		this.#progress.expect(event.id, audience.length)
		for (const endpoint of audience) this.#dispatch({ event, endpoint, attempt: 1 })
	}

	/** After a restart: whatever was still on its way is sent again. */
	resume(): void {
		for (const event of this.#books.events.all()) {
			if (event.pending_webhooks > 0 && !this.#books.dispatches.get(event.id)) this.deliver(event)
		}
	}

	stop(): void {
		this.#stopped = true
		for (const timer of this.#timers) clearTimeout(timer)
		this.#sender.stop()
	}

	#dispatch(delivery: Delivery): void {
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

	#after(ms: number, delivery: Delivery): void {
		if (this.#stopped) return
		if (ms === 0) return this.#enqueue(delivery)
		const timer = setTimeout(() => {
			this.#timers.delete(timer)
			this.#enqueue(delivery)
		}, ms)
		this.#timers.add(timer)
	}

	#enqueue(delivery: Delivery): void {
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

	async #attempt(delivery: Delivery): Promise<void> {
		const { attempt, endpoint, event, extra } = delivery
		const payload = JSON.stringify(extra === 'forge' ? { ...event, id: `${event.id}forged` } : event)
		const secret = extra === 'forge' ? FORGED_SECRET : endpoint.secret
		const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret })
		const sent = await this.#sender.post(endpoint.url, payload, signature)
		if (this.#stopped) return
		if (extra) this.#faults.happened(extra)
		const retryIn = this.#conclude(delivery, sent)
		this.log.add(entry(delivery, sent, this.#clock.now(), attempt, retryIn))
	}

	#conclude(delivery: Delivery, sent: Sent): number | null {
		const { attempt, event, extra } = delivery
		if (extra) return null
		const arrived = sent.status >= 200 && sent.status < 300
		const seconds = RETRY_AFTER[attempt - 1]
		if (arrived || seconds === undefined) {
			this.#progress.ended(event.id, arrived)
			return null
		}
		const wait = this.#clock.compress(seconds)
		this.#after(wait, { ...delivery, attempt: attempt + 1 })
		return wait
	}
}

function entry(delivery: Delivery, sent: Sent, at: number, attempt: number, retryIn: number | null): Attempt {
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
