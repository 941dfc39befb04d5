import type { Payment } from '#app/contracts/payments.ts'

/** Of two versions of one payment, the later; events may come twice or out of order. */
export const newer = (a: Payment, b: Payment | undefined): Payment =>
	b && b.updated_ms >= a.updated_ms ? b : a

/** Puts later versions in place; order and length of the list stay. */
export const updateInPlace = (shown: Payment[], live: ReadonlyMap<string, Payment>): Payment[] =>
	shown.map((payment) => newer(payment, live.get(payment.id)))

const newestFirst = (a: Payment, b: Payment): number =>
	b.created - a.created || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)

/** The latest `limit` payments of what was read and what came live since. */
export function mergeLatest(
	read: Payment[],
	live: ReadonlyMap<string, Payment>,
	limit: number,
	accepts: (payment: Payment) => boolean = () => true,
): Payment[] {
	const known = new Map(read.map((payment) => [payment.id as string, payment]))
	for (const payment of live.values()) {
		if (accepts(payment)) known.set(payment.id, newer(payment, known.get(payment.id)))
	}
	return [...known.values()].sort(newestFirst).slice(0, limit)
}
