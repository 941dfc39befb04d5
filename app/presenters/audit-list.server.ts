import type { Kysely } from 'kysely'
import { findCheck } from '#db/queries/audit-chain.ts'
import { listActors, searchAudit, subjectsOfPayment, type AuditFilter } from '#db/queries/audit-search.ts'
import type { DB } from '#db/schema.ts'
import type { AuditFilters, AuditListView } from '../contracts/audit.ts'
import { PROBLEM_WORDS, type ChainProblem } from '../domain/audit/judge-chain.ts'
import { auditLines } from './audit-line.server.ts'

const PAGE = 25
const DAY_MS = 86_400_000

const dayAfter = (day: string): Date => new Date(new Date(day).getTime() + DAY_MS)

/** What the filters of the page mean to the record. A payment stands for its refunds and disputes as well. */
export async function auditFilterOf(
	db: Kysely<DB>,
	merchantId: string,
	{ by, group, subject, from, until, q }: AuditFilters,
): Promise<AuditFilter> {
	return {
		merchantId,
		by,
		group,
		subjects: subject ? await subjectsOfPayment(db, subject) : undefined,
		from: from ? new Date(from) : undefined,
		until: until ? dayAfter(until) : undefined,
		text: q,
	}
}

async function lastCheck(db: Kysely<DB>, merchantId: string): Promise<AuditListView['check']> {
	const check = await findCheck(db, merchantId)
	if (check === null) return null
	const { brokenAt, problem } = check
	const words = problem === null ? null : PROBLEM_WORDS[problem as ChainProblem](String(brokenAt))
	return { at: check.checkedAt.getTime(), holdsUpTo: check.holdsUpTo.toString(), problem: words }
}

const numberOf = (row: string | undefined): bigint | undefined =>
	row === undefined ? undefined : BigInt(row)

/** One page of the audit record, newest first. */
export async function presentAuditList(
	{ db }: { db: Kysely<DB> },
	{ merchantId, mayExport }: { merchantId: string; mayExport: boolean },
	filters: AuditFilters,
): Promise<AuditListView> {
	const { rows, hasMore } = await searchAudit(db, await auditFilterOf(db, merchantId, filters), {
		limit: PAGE,
		startingAfter: numberOf(filters.starting_after),
		endingBefore: numberOf(filters.ending_before),
	})
	return {
		lines: await auditLines(db, merchantId, rows),
		hasMore,
		filters,
		people: await listActors(db, merchantId),
		check: await lastCheck(db, merchantId),
		mayExport,
	}
}
