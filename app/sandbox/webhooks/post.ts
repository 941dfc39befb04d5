export interface Addressee {
	id: string
	url: string
}

export interface Notice {
	readonly id: string
	readonly type: string
	readonly pending_webhooks: number
}

export interface Sealed {
	body: string
	headers: Record<string, string>
}

/** How one gateway delivers its events: to whom, signed how, tried again when. */
export interface Post<N extends Notice, A extends Addressee> {
	events(): N[]
	keep(event: N): void
	audience(type: string): A[]
	/** `forged`: with another id, and signed by somebody else. */
	seal(event: N, to: A, forged: boolean): Sealed | Promise<Sealed>
	/** The gateway's back-off, in seconds, before the clock compresses it. */
	retryAfter: readonly number[]
}
