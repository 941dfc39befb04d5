import type { Collection } from '../books/collection.ts'
import type { Dispatch } from '../books/service-shapes.ts'

/** How many deliveries an event still waits for; the end of the last one goes into the books. */
export class Progress {
	readonly #dispatches: Collection<Dispatch>
	readonly #open = new Map<string, { left: number; failed: boolean }>()

	constructor(dispatches: Collection<Dispatch>) {
		this.#dispatches = dispatches
	}

	expect(event: string, deliveries: number): void {
		const open = this.#open.get(event)
		if (deliveries > 0) this.#open.set(event, { left: (open?.left ?? 0) + deliveries, failed: false })
	}

	ended(event: string, arrived: boolean): void {
		const open = this.#open.get(event)
		if (!open) return
		open.left--
		open.failed ||= !arrived
		if (open.left > 0) return
		this.#open.delete(event)
		this.#dispatches.put({ id: event, delivered: !open.failed })
	}
}
