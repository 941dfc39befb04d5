import type { Tx } from '#db/client.ts'
import type { CardTries } from '../../domain/fraud/card-testing.ts'
import { lockCards, readVelocity, type VelocityRow, type VelocitySubject } from '#db/queries/velocity.ts'

const cardOf = (subject: VelocitySubject | undefined): string | null =>
	subject?.has_payer && subject.card_fingerprint !== null
		? `${subject.merchant_id} ${subject.card_fingerprint}`
		: null

/**
 * What happened before each payment. Cards that were tried just now, or are in this batch more than once, are locked
 * first and counted again: the same card may be under way in another instance as well.
 */
export async function readPast(
	tx: Tx,
	subjects: readonly VelocitySubject[],
): Promise<ReadonlyMap<string, VelocityRow>> {
	const past = new Map((await readVelocity(tx, subjects)).map((row) => [row.id, row]))
	const cards = subjects.map(cardOf)
	const busy = subjects.filter((subject, index) => {
		const card = cards[index]
		if (!card) return false
		return (
			(past.get(subject.id)?.card_tries_last_hour ?? 0) > 0 || cards.indexOf(card) !== cards.lastIndexOf(card)
		)
	})
	if (busy.length === 0) return past
	await lockCards(tx, busy)
	return new Map([...past, ...(await readVelocity(tx, busy)).map((row) => [row.id, row] as const)])
}

/** Counts the tries of this batch on top of those before it. */
export function createCardTries(past: ReadonlyMap<string, VelocityRow>) {
	const ofBatch = new Map<string, number>()
	return {
		before(subject: VelocitySubject | undefined): CardTries {
			const card = cardOf(subject)
			const here = card ? (ofBatch.get(card) ?? 0) : 0
			const row = subject && past.get(subject.id)
			return {
				lastMinute: (row?.card_tries_last_minute ?? 0) + here,
				lastHour: (row?.card_tries_last_hour ?? 0) + here,
			}
		},
		add(subject: VelocitySubject | undefined): void {
			const card = cardOf(subject)
			if (card) ofBatch.set(card, (ofBatch.get(card) ?? 0) + 1)
		},
	}
}
