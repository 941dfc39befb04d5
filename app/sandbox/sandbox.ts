import type { Books } from './books/books.ts'
import type { Event } from './books/service-shapes.ts'
import type { Clock } from './clock.ts'
import type { Faults } from './faults/faults.ts'
import type { SandboxOptions } from './options.ts'
import type { Schedule } from './schedule.ts'
import type { Outbox } from './webhooks/outbox.ts'

export interface Sandbox {
	readonly options: SandboxOptions
	readonly books: Books
	readonly clock: Clock
	readonly schedule: Schedule
	readonly faults: Faults
	readonly outbox: Outbox
	/** Where browsers reach this sandbox. */
	readonly publicUrl: () => string
}

/** The sandbox as one request sees it: events remember the request they came from. */
export interface Desk extends Sandbox {
	readonly origin: Event['request']
}
