import type { Kysely } from 'kysely'
import { readCoveredUntil } from '#db/queries/gateway-books.ts'
import { oldestPayment } from '#db/queries/reconciliation-runs.ts'
import type { DB } from '#db/schema.ts'
import type { Span } from '../../domain/reconciliation/ports.ts'

/** Younger things are in flight: their answers and messages may still be on the way. */
const IN_FLIGHT_MS = 180_000
const DAY_MS = 86_400_000
/** How much of what was read before is read again. */
const OVERLAP_MS = DAY_MS

/** Gateways count in whole seconds. */
const wholeSeconds = (at: number): Date => new Date(Math.floor(at / 1_000) * 1_000)

export type AskedWindow = { from?: Date | undefined; until?: Date | undefined }

/**
 * What a run reads: from a day before the last one ended, or from our first payment on, until a few minutes ago.
 * Asking for more reads more; asking for less does not, since a gap would never be read.
 */
export async function reconciliationWindow(
	{ db, clock }: { db: Kysely<DB>; clock: { now(): Date } },
	provider: string,
	asked: AskedWindow,
): Promise<Span> {
	const now = clock.now().getTime()
	const until = wholeSeconds(Math.min(asked.until?.getTime() ?? now - IN_FLIGHT_MS, now))
	const covered = await readCoveredUntil(db, provider)
	const oldest = covered ? null : await oldestPayment(db, provider)
	const usual = covered
		? Math.min(covered.getTime(), until.getTime()) - OVERLAP_MS
		: (oldest ?? until).getTime() - DAY_MS
	return { from: wholeSeconds(Math.min(usual, asked.from?.getTime() ?? usual)), until }
}

/** One day at a time: a run that is cut off goes on with the day it was at. */
export function* daysOf({ from, until }: Span): Generator<Span> {
	for (let at = from.getTime(); at < until.getTime(); at += DAY_MS) {
		yield { from: new Date(at), until: new Date(Math.min(at + DAY_MS, until.getTime())) }
	}
}
