import type { Kysely } from 'kysely'
import { cursorFromText, cursorText, eventsOfScopeAfter, type Cursor } from '#db/queries/events.ts'
import type { DB } from '#db/schema.ts'
import type { Payers } from '../vault/payers.server.ts'
import { toFeedItems, type FeedItem, type LiveFeed } from './live-feed.server.ts'

export type OutgoingEvent = { id: string; event: string; data: string }

/** Someone further behind than this reloads instead of replaying. */
const MOST_REPLAYED = 2_000

const isAfter = (a: Cursor, b: Cursor): boolean => a.xid > b.xid || (a.xid === b.xid && a.seq > b.seq)

const toOutgoing = ({ id, event, data }: FeedItem): OutgoingEvent => ({ id, event, data })

/** Where a reader wants to go on: what its browser saw last, else where its page was read. */
export function resumePoint(request: Request): Cursor | null {
	const asked = new URL(request.url).searchParams.get('cursor')
	return cursorFromText(request.headers.get('last-event-id')) ?? cursorFromText(asked)
}

/**
 * Sends what was missed, then what happens, nothing twice and nothing left out: listening starts before the
 * replay, and what arrives meanwhile is held back and compared with what was replayed.
 */
export async function streamChanges(
	{ db, payers, feed }: { db: Kysely<DB>; payers: Pick<Payers, 'openJson'>; feed: LiveFeed },
	scope: { merchantId: string } | { checkoutSessionId: string },
	after: Cursor | null,
	send: (event: OutgoingEvent) => void,
): Promise<() => void> {
	let last = after ?? feed.position()
	let held: FeedItem[] | null = []
	const forward = (item: FeedItem) => {
		if (!isAfter(item.cursor, last)) return
		last = item.cursor
		send(toOutgoing(item))
	}
	const unsubscribe = feed.subscribe(scope, (item) => (held ? void held.push(item) : forward(item)))
	try {
		send({ id: cursorText(last), event: 'ready', data: '{}' })
		if (after) {
			const missed = await eventsOfScopeAfter(db, scope, after, MOST_REPLAYED)
			if (missed.length === MOST_REPLAYED) {
				last = feed.position()
				send({ id: cursorText(last), event: 'resync', data: '{}' })
			} else {
				for (const item of await toFeedItems({ db, payers }, missed)) forward(item)
			}
		}
		const waiting = held
		held = null
		for (const item of waiting) forward(item)
		return unsubscribe
	} catch (error) {
		unsubscribe()
		throw error
	}
}
