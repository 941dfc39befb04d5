import type { Kysely } from 'kysely'
import {
	cursorText,
	eventsAfter,
	hasHiddenEvents,
	presentCursor,
	type Cursor,
	type FeedRow,
} from '#db/queries/events.ts'
import type { DB } from '#db/schema.ts'
import type { Payers } from '../vault/payers.server.ts'

/** One change as it goes out; `data` is serialized once, however many listen. */
export type FeedItem = {
	id: string
	cursor: Cursor
	merchantId: string
	paymentId: string
	checkoutSessionId: string | null
	event: FeedRow['object']['object']
	type: string
	data: string
	/** As it is kept: a payer's address is sealed in it. */
	object: FeedRow['object']
}

export type LiveFeed = {
	/** Something was committed: read soon. */
	hint(): void
	subscribe(scope: FeedScope, listener: (item: FeedItem) => void): () => void
	/** Everything up to here has been handed to subscribers of this process. */
	position(): Cursor
	start(): Promise<void>
	stop(): Promise<void>
}

export type FeedScope = { merchantId: string } | { checkoutSessionId: string } | { paymentId: string }

const POLL_MS = 1_000
/** A commit may hide behind an older transaction that still runs; then we look again, soon and then less soon. */
const LOOK_AGAIN_MS = 2
const LOOK_AGAIN_AT_MOST_MS = 64
const BATCH = 1_000

const scopeKey = (scope: FeedScope): string =>
	'merchantId' in scope
		? `m:${scope.merchantId}`
		: 'paymentId' in scope
			? `p:${scope.paymentId}`
			: `c:${scope.checkoutSessionId}`

type Opening = { db: Kysely<DB>; payers: Pick<Payers, 'openJson'> }

/** The payers of all of them are opened together. A line break never stands in JSON that is one line. */
export async function toFeedItems({ db, payers }: Opening, rows: readonly FeedRow[]): Promise<FeedItem[]> {
	const kept = rows.map((row) => JSON.stringify(row.object))
	const data = (await payers.openJson(db, kept.join('\n'))).split('\n')
	return rows.map((row, index) => ({
		id: cursorText(row),
		cursor: { xid: row.xid, seq: row.seq },
		merchantId: row.merchant_id,
		paymentId: row.payment_id,
		checkoutSessionId: row.checkout_session_id,
		event: row.object.object,
		type: row.type,
		data: data[index] ?? '',
		object: row.object,
	}))
}

/**
 * Reads the events table in commit order and hands each event to whoever listens. The table is the truth: a hint
 * only says when to look, and a lost one costs one poll.
 */
export function createLiveFeed({
	db,
	payers,
	onError,
}: Opening & { onError: (error: unknown) => void }): LiveFeed {
	const listeners = new Map<string, Set<(item: FeedItem) => void>>()
	let cursor: Cursor = { xid: 0n, seq: 0n }
	let running = false
	let started = false
	let hinted = false
	let lookAgainMs = LOOK_AGAIN_MS
	let timer: NodeJS.Timeout | undefined

	function deliver(item: FeedItem): void {
		const keys = [`m:${item.merchantId}`, `p:${item.paymentId}`, `c:${item.checkoutSessionId ?? ''}`]
		for (const key of keys) for (const listener of listeners.get(key) ?? []) listener(item)
	}

	async function readOn(): Promise<number> {
		const rows = await eventsAfter(db, cursor, BATCH)
		const heard = listeners.size === 0 ? [] : await toFeedItems({ db, payers }, rows)
		for (const item of heard) {
			cursor = item.cursor
			deliver(item)
		}
		const last = rows.at(-1)
		if (last) cursor = { xid: last.xid, seq: last.seq }
		return rows.length
	}

	/** Milliseconds until the next look: at once while there is more, soon while something is hidden. */
	async function look(): Promise<number> {
		hinted = false
		const count = await readOn()
		if (count > 0) lookAgainMs = LOOK_AGAIN_MS
		if (count === BATCH || hinted) return 0
		if (!(await hasHiddenEvents(db))) return hinted ? 0 : POLL_MS
		lookAgainMs = Math.min(lookAgainMs * 2, LOOK_AGAIN_AT_MOST_MS)
		return lookAgainMs
	}

	async function loop(): Promise<void> {
		if (running || !started) return
		running = true
		clearTimeout(timer)
		let delay = POLL_MS
		try {
			delay = await look()
		} catch (error) {
			onError(error)
		}
		running = false
		if (started) timer = setTimeout(() => void loop(), delay)
	}

	return {
		hint() {
			hinted = true
			if (!running) void loop()
		},
		subscribe(scope, listener) {
			const key = scopeKey(scope)
			const set = listeners.get(key) ?? new Set()
			listeners.set(key, set.add(listener))
			return () => {
				set.delete(listener)
				// Ending twice must not end whoever came later under the same key.
				if (set.size === 0 && listeners.get(key) === set) listeners.delete(key)
			}
		},
		position: () => cursor,
		async start() {
			cursor = await presentCursor(db)
			started = true
			void loop()
		},
		async stop() {
			started = false
			clearTimeout(timer)
		},
	}
}
