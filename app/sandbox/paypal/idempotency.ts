import { hash } from 'node:crypto'
import type { RepeatedRequest } from '../books/paypal-shapes.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Subject } from './call.ts'
import { PayPalError, refused } from './errors.ts'

const HOUR_MS = 3_600_000
/** Orders: 6 hours. Captures, authorizations and refunds: 45 days. */
const KEPT_FOR_MS = { order: 6 * HOUR_MS, other: 45 * 24 * HOUR_MS }

export interface Keyed {
	/** PayPal wants an id to be unlike all others of the same kind of call, so the kind is part of the key. */
	key: string
	print: string
}

export function keyed(id: string, route: string, path: string, body: string): Keyed {
	return { key: `${route} ${id}`, print: hash('sha1', `${path}\n${body}`, 'base64url') }
}

/**
 * What PayPal documents: a repeat is answered with the latest status of what the first request made, and of
 * two at once the second may fail; here it does, with 409 PREVIOUS_REQUEST_IN_PROGRESS, the code of its
 * payments API. A request that was refused made nothing and is tried anew.
 * Not documented for orders and payments is the id with another body: it is refused with the code PayPal's
 * older APIs have for it, 422 DUPLICATE_REQUEST_ID.
 */
export class RequestIds {
	readonly #sandbox: Sandbox
	readonly #busy = new Map<string, string>()

	constructor(sandbox: Sandbox) {
		this.#sandbox = sandbox
	}

	recall({ key, print }: Keyed): Subject | undefined {
		const busy = this.#busy.get(key)
		const kept = this.#current(key)
		if ((busy ?? kept?.print ?? print) !== print) {
			throw refused('DUPLICATE_REQUEST_ID', 'The value of PayPal-Request-Id header has already been used.')
		}
		if (busy !== undefined) throw inProgress()
		return kept?.subject
	}

	#current(key: string): RepeatedRequest | undefined {
		const { books, clock } = this.#sandbox
		const kept = books.paypalRequests.get(key)
		if (!kept) return undefined
		const lasts = kept.subject.kind === 'order' ? KEPT_FOR_MS.order : KEPT_FOR_MS.other
		return kept.at + lasts > clock.now() ? kept : undefined
	}

	begin({ key, print }: Keyed): void {
		this.#busy.set(key, print)
	}

	end({ key }: Keyed): void {
		this.#busy.delete(key)
	}

	keep({ key, print }: Keyed, subject: Subject): void {
		const { books, clock } = this.#sandbox
		books.paypalRequests.put({ id: key, at: clock.now(), print, subject })
	}
}

export const inProgress = (): PayPalError =>
	new PayPalError('RESOURCE_CONFLICT', [
		{
			issue: 'PREVIOUS_REQUEST_IN_PROGRESS',
			description:
				'A previous request on this resource is currently in progress. Please wait for sometime and try again.',
		},
	])
