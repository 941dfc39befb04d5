import { holdsCardNumber } from '../domain/cards/card-number.ts'
import { DomainError } from '../domain/errors/domain-error.ts'

export type RequestKey = {
	merchantId: string
	livemode: boolean
	route: string
	key: string
	fingerprint: Buffer
	lockSeconds: number
}

/** Added to the time a request may wait, for the work itself. */
const WORK_SECONDS = 10

/** The request's Idempotency-Key with what it is compared by; null when it has none. */
export function idempotencyOf(
	request: Request,
	{
		waitSeconds,
		...scope
	}: { merchantId: string; livemode: boolean; route: string; fingerprint: Buffer; waitSeconds: number },
): RequestKey | null {
	const key = request.headers.get('idempotency-key')
	if (key === null) return null
	if (!/^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key)) {
		throw new DomainError(
			'invalid',
			'idempotency_key_invalid',
			'An Idempotency-Key has 1 to 255 printable ASCII characters.',
			{ param: 'Idempotency-Key' },
		)
	}
	if (holdsCardNumber(key)) {
		const message = 'The Idempotency-Key looks like the number of a card, which must not come here.'
		throw new DomainError('invalid', 'card_number_refused', message, { param: 'Idempotency-Key' })
	}
	return { ...scope, key, lockSeconds: waitSeconds + WORK_SECONDS }
}

const MOST_WAIT_SECONDS = 30

/** Seconds of `Prefer: wait=N`, at most 30; 0 when not asked for. */
export function waitSecondsOf(request: Request): number {
	const wait = /(?:^|[,;\s])wait=(\d{1,4})(?:[,;\s]|$)/i.exec(request.headers.get('prefer') ?? '')?.[1]
	return wait === undefined ? 0 : Math.min(Number.parseInt(wait, 10), MOST_WAIT_SECONDS)
}
