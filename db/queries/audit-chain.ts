import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Link, Place } from '../../app/domain/audit/judge-chain.ts'
import type { Executor, Tx } from '../client.ts'

/** What a row's hash covers, as db/migrations/0021_audit.sql writes it; said again so that one checks the other. */
const SAID = sql`case version
	when 1 then merchant_id || '|' || extract(epoch from at)::text || '|' || payload::text
	else jsonb_build_array(version, merchant_id, extract(epoch from at)::text, actor, action, subject_id, payload,
		before, after, reason, request_id, client_network)::text end`

/** Rows of version 1 repeat their actor and subject in the payload, and have nothing in the newer columns. */
const IS_WHOLE = sql`version = 2 or (
	coalesce(before, after) is null and coalesce(reason, request_id, client_network) is null
	and (not payload ? 'row'
		or payload->'row' = jsonb_build_object('actor', actor, 'action', action, 'subject_id', subject_id)))`

type Row = { seq: bigint; prev: Buffer; hash: Buffer; said: string; is_whole: boolean }

/** How far away the place of a row that was moved is looked for. */
const NEAR = 1_000n

function hashAt(seq: bigint, { prev, said }: Row): Buffer {
	const place = Buffer.alloc(8)
	place.writeBigInt64BE(seq)
	return createHash('sha256').update(prev).update(place).update(said, 'utf8').digest()
}

function placeOf(row: Row): bigint | null {
	for (let away = 1n; away <= NEAR; away++) {
		for (const seq of [row.seq - away, row.seq + away])
			if (seq > 0n && hashAt(seq, row).equals(row.hash)) return seq
	}
	return null
}

function toLink(row: Row): Link {
	const isOwnHash = row.is_whole && hashAt(row.seq, row).equals(row.hash)
	return {
		seq: row.seq,
		prev: row.prev.toString('hex'),
		hash: row.hash.toString('hex'),
		isOwnHash,
		writtenAt: isOwnHash || !row.is_whole ? null : placeOf(row),
	}
}

/** The next rows of one chain. Hashed here and not by the database, whose functions its owner could have changed. */
export async function readLinks(
	tx: Executor,
	{ merchantId, after, most }: { merchantId: string; after: bigint; most: number },
): Promise<Link[]> {
	const { rows } = await sql<Row>`
		select seq, prev, hash, ${SAID} as said, ${IS_WHOLE} as is_whole
		from audit_log where merchant_id = ${merchantId} and seq > ${after} order by seq limit ${most}`.execute(tx)
	const links: Link[] = []
	for (const row of rows) {
		const link = toLink(row)
		links.push(link)
		// Nobody looks beyond the first broken row, and looking for the place of each would take long.
		if (!link.isOwnHash) break
	}
	return links
}

export async function readHead(tx: Executor, merchantId: string): Promise<Place | null> {
	const { rows } = await sql<{ seq: bigint; hash: Buffer }>`
		select seq, hash from audit_head where merchant_id = ${merchantId}`.execute(tx)
	const [head] = rows
	return head ? { seq: head.seq, hash: head.hash.toString('hex') } : null
}

/** Every merchant's last row, for keeping outside the database. */
export async function listHeads(db: Executor): Promise<(Place & { merchantId: string })[]> {
	const { rows } = await sql<{ merchant_id: string; seq: bigint; hash: Buffer }>`
		select merchant_id, seq, hash from audit_head order by merchant_id`.execute(db)
	return rows.map(({ merchant_id: merchantId, seq, hash }) => ({
		merchantId,
		seq,
		hash: hash.toString('hex'),
	}))
}

export async function listMerchants(db: Executor): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`select id from merchants order by id`.execute(db)
	return rows.map(({ id }) => id)
}

export type AuditCheck = {
	checkedAt: Date
	holdsUpTo: bigint
	brokenAt: bigint | null
	problem: string | null
}

export async function keepCheck(tx: Tx, merchantId: string, check: AuditCheck): Promise<void> {
	await sql`
		insert into audit_checks (merchant_id, checked_at, holds_up_to, broken_at, problem)
		values (${merchantId}, ${check.checkedAt}, ${check.holdsUpTo}, ${check.brokenAt}, ${check.problem})
		on conflict (merchant_id) do update set checked_at = excluded.checked_at, holds_up_to = excluded.holds_up_to,
			broken_at = excluded.broken_at, problem = excluded.problem`.execute(tx)
}

export async function findCheck(db: Executor, merchantId: string): Promise<AuditCheck | null> {
	const row = await db
		.selectFrom('audit_checks')
		.selectAll()
		.where('merchant_id', '=', merchantId)
		.executeTakeFirst()
	if (!row) return null
	return {
		checkedAt: row.checked_at,
		holdsUpTo: row.holds_up_to,
		brokenAt: row.broken_at,
		problem: row.problem,
	}
}

/** Hex; null when there is no such row. */
export async function hashOfRow(db: Executor, merchantId: string, seq: bigint): Promise<string | null> {
	const row = await db
		.selectFrom('audit_log')
		.select('hash')
		.where('merchant_id', '=', merchantId)
		.where('seq', '=', seq)
		.executeTakeFirst()
	return row?.hash.toString('hex') ?? null
}
