const LONGEST = 10_000

export interface Attempt {
	event: string
	type: string
	endpoint: string
	url: string
	attempt: number
	fault: 'double' | 'forge' | null
	at: string
	status: number
	error: string | null
	retry_in_ms: number | null
}

/** The latest attempts, newest last. Older ones are forgotten by the half, which keeps adding cheap. */
export class DeliveryLog {
	#attempts: Attempt[] = []

	add(attempt: Attempt): void {
		if (this.#attempts.length >= LONGEST) this.#attempts = this.#attempts.slice(LONGEST / 2)
		this.#attempts.push(attempt)
	}

	list(event: string | null): Attempt[] {
		return event === null ? this.#attempts : this.#attempts.filter((attempt) => attempt.event === event)
	}
}
