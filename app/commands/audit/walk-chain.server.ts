import type { Kysely } from 'kysely'
import { inSnapshot } from '#db/in-snapshot.ts'
import { readHead, readLinks } from '#db/queries/audit-chain.ts'
import type { DB } from '#db/schema.ts'
import { judgeEnd, judgeLink, START, type Break, type Place } from '../../domain/audit/judge-chain.ts'

/** Rows in memory at once, however long the chain is. */
const SLICE = 2_000

/** How far a chain holds, and the first row that does not. */
export type Walked = { merchantId: string; holdsUpTo: bigint; broken: Break | null }

async function walk(tx: Kysely<DB>, merchantId: string): Promise<Walked> {
	const head = await readHead(tx, merchantId)
	let place: Place = START
	for (;;) {
		const links = await readLinks(tx, { merchantId, after: place.seq, most: SLICE })
		for (const link of links) {
			const broken = judgeLink(place, link)
			if (broken) return { merchantId, holdsUpTo: place.seq, broken }
			place = link
		}
		if (links.length < SLICE) break
	}
	return { merchantId, holdsUpTo: place.seq, broken: judgeEnd(place, head) }
}

/** Walks one merchant's chain from its first row to its head, in one snapshot: rows written meanwhile do not count. */
export async function walkChain(db: Kysely<DB>, merchantId: string): Promise<Walked> {
	return inSnapshot(db, (tx) => walk(tx, merchantId))
}
