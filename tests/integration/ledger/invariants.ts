import { sql, type Kysely } from 'kysely'
import { readInvariants, type Violation } from '#db/check-invariants.ts'
import type { DB } from '#db/schema.ts'
import { JOBS } from '#jobs/catalog/queues.ts'

const STATEMENTS = readInvariants()
export const EVERY_INVARIANT = STATEMENTS.map(({ invariant }) => invariant)

/** What the clock queues: one may have come due in the very moment a test ends. */
const ROUNDS = JOBS.filter(({ round }) => round).map(({ name }) => name)
const isRound = ({ subject }: Violation) => ROUNDS.some((name) => subject.startsWith(`${name}:`))

/**
 * Every row that breaks one of these promises, as `I01 subject detail`. The two minutes the product gives what is
 * under way are not given here: a test ends when everything has ended.
 */
export async function violations(
	db: Kysely<DB>,
	invariants: readonly string[] = EVERY_INVARIANT,
): Promise<string[]> {
	const found: string[] = []
	for (const { invariant, text } of STATEMENTS) {
		if (!invariants.includes(invariant)) continue
		const strict = text.replaceAll("interval '2 minutes'", "interval '0'")
		const { rows } = await sql<Violation>`${sql.raw(strict)}`.execute(db)
		const broken = invariant === 'I20' ? rows.filter((row) => !isRound(row)) : rows
		found.push(...broken.map(({ subject, detail }) => `${invariant} ${subject} ${detail}`))
	}
	return found
}
