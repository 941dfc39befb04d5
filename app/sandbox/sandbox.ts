import type { Books } from './books/books.ts'
import type { PayPalEvent } from './books/paypal-shapes.ts'
import type { Event, WebhookEndpoint } from './books/service-shapes.ts'
import type { Clock } from './clock.ts'
import type { Faults } from './faults/faults.ts'
import type { Google } from './google/provider.ts'
import type { SandboxOptions } from './options.ts'
import type { Certificates } from './paypal/certificates/certificates.ts'
import type { Schedule } from './schedule.ts'
import type { DeliveryLog } from './webhooks/delivery-log.ts'
import type { Outbox } from './webhooks/outbox.ts'
import type { Addressee } from './webhooks/post.ts'

export interface Sandbox {
	readonly options: SandboxOptions
	readonly books: Books
	readonly clock: Clock
	readonly schedule: Schedule
	readonly faults: Faults
	readonly outbox: Outbox<Event, WebhookEndpoint>
	readonly paypalOutbox: Outbox<PayPalEvent, Addressee>
	/** The attempts of both outboxes. */
	readonly deliveries: DeliveryLog
	/** What PayPal's webhooks are signed with. */
	readonly certificates: Certificates
	readonly google: Google
	/** Where browsers reach this sandbox. */
	readonly publicUrl: () => string
}

/** The sandbox as one request sees it: events remember the request they came from. */
export interface Desk extends Sandbox {
	readonly origin: Event['request']
}
