type Passing = {
	/** The app instance at one end of the connection. */
	instance: string
	/** Breaks this connection, both ways. */
	cut(): void
}

export type PostgresEvent = Passing & {
	on: 'postgres'
	/** `result`: the server says that the statement is done; the app has not heard it yet. */
	what: 'begin' | 'statement' | 'commit' | 'result'
	text: string
	/** What the server calls the result: `COMMIT`, `UPDATE 3`. Empty before that. */
	tag: string
	/** The statements since BEGIN, this one too. */
	transaction: readonly string[]
}

export type HttpEvent = Passing & {
	/** `api`: clients to the app; `gateway`: the app to the gateway; `webhooks`: the gateway to the app. */
	on: 'api' | 'gateway' | 'webhooks'
	/** `request`: read whole, not passed on. `answer`: about to be written. `answered`: written whole. */
	what: 'request' | 'answer' | 'answered'
	method: string
	path: string
	body: string
	/** 0 before the answer. */
	status: number
}

/** Something that is just passing on a wire between two processes. */
export type WireEvent = PostgresEvent | HttpEvent

/** Nothing lets it pass; a promise holds it back until it resolves. */
export type Verdict = Promise<void> | undefined

export type See = (event: WireEvent) => Verdict
