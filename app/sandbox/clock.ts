/**
 * The sandbox's own time. `advance` moves it ahead; `compress` shortens waits that last minutes or days at
 * Stripe (dispute opening, webhook retries) by the clock factor.
 */
export class Clock {
	readonly #factor: number
	#ahead = 0

	constructor(factor: number) {
		this.#factor = factor
	}

	now(): number {
		return Date.now() + this.#ahead
	}

	seconds(): number {
		return Math.floor(this.now() / 1000)
	}

	advance(seconds: number): void {
		this.#ahead += seconds * 1000
	}

	compress(seconds: number): number {
		return (seconds * 1000) / this.#factor
	}
}
