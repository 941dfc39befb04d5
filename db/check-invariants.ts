import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { sql, type Kysely } from 'kysely'
import { inSnapshot } from './in-snapshot.ts'
import type { DB } from './schema.ts'

/** One row that breaks a promise; `subject` names what it is about. */
export type Violation = { invariant: string; subject: string; detail: string }

export type InvariantCheck = {
	/** Rows of the checked tables in the snapshot. */
	rowsChecked: number
	/** A checker that sees no merchant has checked nothing. */
	merchantsSeen: number
	/** Per invariant, in order: how many rows break it. */
	counts: { invariant: string; violations: number }[]
	/** At most `MOST_LISTED` of each invariant. */
	violations: Violation[]
}

// By the package's own name: this module also runs from the server bundle.
const FILE = createRequire(import.meta.url).resolve('#db/invariants.sql')
const MOST_LISTED = 20
/** What the statements read, for the figure "rows checked". */
const CHECKED = [
	'payments',
	'payment_attempts',
	'payment_history',
	'refunds',
	'disputes',
	'ledger_transactions',
	'ledger_entries',
	'audit_log',
	'webhook_inbox',
	'idempotency_keys',
	'gateway_observations',
] as const

type Statement = { invariant: string; text: string }

/** The statements of db/invariants.sql, each under its name. */
export function readInvariants(file = FILE): Statement[] {
	return readFileSync(file, 'utf8')
		.split(';')
		.map((text) => text.trim())
		.filter((text) => text !== '')
		.map((text) => {
			const invariant = /SELECT '(I\d\d)'/.exec(text)?.[1]
			if (!invariant) throw new Error(`a statement of ${file} does not say which invariant it checks`)
			return { invariant, text }
		})
}

/**
 * Runs every invariant in one snapshot, so that a commit in between cannot look like a fault. The connection must
 * see every merchant. Throws when the database cannot be asked.
 */
export async function checkInvariants(db: Kysely<DB>): Promise<InvariantCheck> {
	return inSnapshot(db, async (tx) => {
		const check: InvariantCheck = { rowsChecked: 0, merchantsSeen: 0, counts: [], violations: [] }
		for (const { invariant, text } of readInvariants()) {
			const { rows } = await sql<Violation>`${sql.raw(text)}`.execute(tx)
			check.counts.push({ invariant, violations: rows.length })
			check.violations.push(...rows.slice(0, MOST_LISTED))
		}
		for (const table of CHECKED) check.rowsChecked += await countOf(tx, table)
		check.merchantsSeen = await countOf(tx, 'merchants')
		return check
	})
}

async function countOf(tx: Kysely<DB>, table: string): Promise<number> {
	const { rows } = await sql<{ count: number }>`
		select count(*)::float8 as count from ${sql.table(table)}`.execute(tx)
	return rows[0]?.count ?? 0
}
