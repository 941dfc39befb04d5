import type { Collection } from './books/collection.ts'
import { newId } from './books/ids.ts'
import type { Appointment } from './books/service-shapes.ts'
import type { Clock } from './clock.ts'

export type Perform = (action: string, target: string) => void

/** Appointments live in the books, so a dispute promised before a restart is still opened after it. */
export class Schedule {
	readonly #appointments: Collection<Appointment>
	readonly #clock: Clock
	readonly #timers = new Map<string, NodeJS.Timeout>()
	#perform: Perform = () => undefined

	constructor(appointments: Collection<Appointment>, clock: Clock) {
		this.#appointments = appointments
		this.#clock = clock
	}

	start(perform: Perform): void {
		this.#perform = perform
		for (const appointment of this.#appointments.all()) this.#wait(appointment)
	}

	/** `seconds` as Stripe would take; the clock compresses them. */
	later(seconds: number, action: string, target: string): void {
		const at = this.#clock.now() + this.#clock.compress(seconds)
		this.#wait(this.#appointments.put({ id: newId('due'), at, action, target }))
	}

	/** After the clock was advanced: everything that fell due, in order. */
	catchUp(): void {
		const due = this.#appointments.all().filter(({ at }) => at <= this.#clock.now())
		for (const appointment of due.sort((a, b) => a.at - b.at)) this.#keep(appointment)
	}

	/** What is promised for one object comes `seconds` sooner; everybody else's time stays as it is. */
	bringForward(target: string, seconds: number): void {
		for (const appointment of this.#appointments.all().filter((one) => one.target === target)) {
			clearTimeout(this.#timers.get(appointment.id))
			this.#wait(this.#appointments.put({ ...appointment, at: appointment.at - seconds * 1000 }))
		}
	}

	stop(): void {
		for (const timer of this.#timers.values()) clearTimeout(timer)
		this.#timers.clear()
	}

	#wait(appointment: Appointment): void {
		const left = Math.max(0, appointment.at - this.#clock.now())
		this.#timers.set(
			appointment.id,
			setTimeout(() => this.#keep(appointment), left),
		)
	}

	#keep(appointment: Appointment): void {
		clearTimeout(this.#timers.get(appointment.id))
		this.#timers.delete(appointment.id)
		this.#appointments.remove(appointment.id)
		this.#perform(appointment.action, appointment.target)
	}
}
