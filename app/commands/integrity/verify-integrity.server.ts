import type { Kysely } from 'kysely'
import type { InvariantCheck, Violation } from '#db/check-invariants.ts'
import { inTransaction, type Tx } from '#db/client.ts'
import { closeItems, openAttention, openItemsOf } from '#db/queries/attention.ts'
import { houseOwner, ownerOf } from '#db/queries/dead-letters.ts'
import { failRun, finishRun, insertRun } from '#db/queries/integrity.ts'
import type { DB } from '#db/schema.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { INVARIANT_WORDS } from '../../domain/integrity/invariant-words.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	/** Reads all books on a connection of its own. */
	inspect: () => Promise<InvariantCheck>
	committed: (queues: readonly string[]) => void
}

/** `violations` counts rows that break a promise. */
export type Verified = InvariantCheck & { runId: string; violationCount: number; durationMs: number }

const MOST_NAMED = 5

/** Subjects are ids, or an id with more behind a colon. */
async function ownerOfViolation(tx: Tx, { subject }: Violation): Promise<string | undefined> {
	const owned = (await ownerOf(tx, subject)) ?? (await ownerOf(tx, subject.split(':')[0] ?? ''))
	return owned?.merchant_id
}

/** A business is told of its own rows only; what belongs to none goes to the oldest. */
async function report(tx: Tx, check: InvariantCheck, runId: string): Promise<void> {
	const owner = await houseOwner(tx)
	for (const [invariant, rows] of Map.groupBy(check.violations, (row) => row.invariant)) {
		const byMerchant = new Map<string, string[]>()
		for (const row of rows) {
			const merchantId = (await ownerOfViolation(tx, row)) ?? owner
			if (merchantId === undefined) continue
			byMerchant.set(merchantId, [...(byMerchant.get(merchantId) ?? []), row.subject])
		}
		await openAttention(
			tx,
			[...byMerchant].map(([merchant_id, subjects]) => ({
				merchant_id,
				kind: 'integrity_broken',
				subject_id: invariant,
				detail: `This does not hold: “${INVARIANT_WORDS[invariant]?.says ?? invariant}”`,
				reason: `${invariant}, run ${runId}: ${subjects.slice(0, MOST_NAMED).join(', ')}${subjects.length > MOST_NAMED ? ' and more' : ''}`,
			})),
		)
	}
	const clean = check.counts.filter(({ violations }) => violations === 0).map(({ invariant }) => invariant)
	await closeItems(tx, await openItemsOf(tx, 'integrity_broken', clean), {
		by: `job:${runId}`,
		outcome: 'gone',
		note: null,
	})
}

async function inspected({ inspect }: Deps): Promise<InvariantCheck> {
	const check = await inspect()
	if (check.merchantsSeen === 0) throw new Error('The check saw no business, so it has checked nothing.')
	return check
}

/**
 * Checks all books and keeps the result; broken promises are put before a person, and items of those that hold again
 * close. Throws when the check could not be made, after keeping that too.
 */
export async function verifyIntegrity(deps: Deps, requestedBy: string): Promise<Verified> {
	const { db, clock } = deps
	const runId = newId('int')
	const startedAt = clock.now()
	await insertRun(db, { id: runId, requestedBy, startedAt })
	let check: InvariantCheck
	try {
		check = await inspected(deps)
	} catch (error) {
		const message = error instanceof Error ? error.message : 'The check ended without a word.'
		await failRun(db, runId, clock.now(), message.slice(0, 500))
		throw error
	}
	const finishedAt = clock.now()
	const violationCount = check.counts.reduce((sum, { violations }) => sum + violations, 0)
	await inTransaction(db, async (tx) => {
		const { merchantsSeen, rowsChecked, counts: results } = check
		await finishRun(tx, runId, finishedAt, {
			merchantsSeen,
			rowsChecked,
			results,
			violations: violationCount,
		})
		await report(tx, check, runId)
	})
	deps.committed([])
	return { ...check, runId, violationCount, durationMs: finishedAt.getTime() - startedAt.getTime() }
}
