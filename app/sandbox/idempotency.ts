import { hash } from 'node:crypto'
import type { Collection } from './books/collection.ts'
import type { KeptAnswer } from './books/service-shapes.ts'
import type { Clock } from './clock.ts'
import { ApiError } from './http/errors.ts'
import type { Reply } from './http/message.ts'

const KEPT_FOR_MS = 24 * 3_600_000
const LONGEST_KEY = 255

export interface Keyed {
	key: string
	/** Stands for method, path and body: the same key with another print is a mistake of the caller. */
	print: string
}

export function keyed(key: string, method: string, path: string, body: string): Keyed {
	if (key.length > LONGEST_KEY) {
		throw new ApiError(400, {
			type: 'invalid_request_error',
			message: `Idempotency keys can only be up to ${LONGEST_KEY} characters`,
		})
	}
	return { key, print: hash('sha1', `${method} ${path}\n${body}`, 'base64url') }
}

export class Idempotency {
	readonly #answers: Collection<KeptAnswer>
	readonly #clock: Clock
	readonly #busy = new Map<string, string>()

	constructor(answers: Collection<KeptAnswer>, clock: Clock) {
		this.#answers = answers
		this.#clock = clock
	}

	/** The answer kept for this very request, or nothing if it is new. Throws if the key is not free for it. */
	recall({ key, print }: Keyed): KeptAnswer | undefined {
		const busy = this.#busy.get(key)
		const kept = this.#answers.get(key)
		const current = kept && kept.at + KEPT_FOR_MS > this.#clock.now() ? kept : undefined
		if ((busy ?? current?.print ?? print) !== print) throw differs(key)
		if (busy !== undefined) throw inUse(key)
		return current
	}

	begin({ key, print }: Keyed): void {
		this.#busy.set(key, print)
	}

	keep({ key, print }: Keyed, request: string, reply: Reply): void {
		const { body, status } = reply
		this.#answers.put({ id: key, at: this.#clock.now(), print, request, status, body })
	}

	end({ key }: Keyed): void {
		this.#busy.delete(key)
	}
}

export function inUse(key: string): ApiError {
	return new ApiError(409, {
		type: 'idempotency_error',
		code: 'idempotency_key_in_use',
		message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. If you received this error, try again later.`,
	})
}

function differs(key: string): ApiError {
	return new ApiError(400, {
		type: 'idempotency_error',
		message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
	})
}
