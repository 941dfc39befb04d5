/** A snapshot: `data.object` is the row as it stood when the event happened. */
export interface Event {
	id: string
	object: 'event'
	api_version: string
	created: number
	data: { object: object; previous_attributes?: object }
	livemode: false
	pending_webhooks: number
	request: { id: string | null; idempotency_key: string | null }
	type: string
}

export interface WebhookEndpoint {
	id: string
	object: 'webhook_endpoint'
	created: number
	enabled_events: string[]
	livemode: false
	secret: string
	status: 'enabled' | 'disabled'
	url: string
}

/** How an event's deliveries ended; an event with a delivery to make and no such row is still under way. */
export interface Dispatch {
	id: string
	delivered: boolean
}

/** The first answer given under an idempotency key. */
export interface KeptAnswer {
	id: string
	at: number
	print: string
	/** The id of the request that was answered first. */
	request: string
	status: number
	body: string
}

/** Something that happens later by itself, such as a dispute being opened. */
export interface Appointment {
	id: string
	at: number
	action: string
	target: string
}

/** The number of a card or bank account, behind a fingerprint. It stays in the books of the sandbox and is never sent anywhere. */
export interface VaultedCard {
	id: string
	number: string
}
