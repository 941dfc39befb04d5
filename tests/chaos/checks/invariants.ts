import { checkInvariants, type Violation } from '#db/check-invariants.ts'
import type { ChaosDatabase } from '../stage/database.ts'

const STATEMENTS = 31

/** What breaks an invariant now. Throws when the check saw no merchant, since then it looked at nothing. */
export async function violationsIn({ owner }: ChaosDatabase): Promise<Violation[]> {
	const { counts, merchantsSeen, violations } = await checkInvariants(owner)
	if (merchantsSeen === 0) throw new Error('the invariants were run by a role that sees no merchant')
	if (counts.length !== STATEMENTS) throw new Error(`${counts.length} invariants instead of ${STATEMENTS}`)
	return violations
}

export type InvariantWatch = { checks(): number; end(): Promise<Violation[]> }

const EVERY_MS = 5_000

/** Checks during the faults, not only after them; a check that finds the database away is no check. */
export function watchInvariants(database: ChaosDatabase): InvariantWatch {
	const found: Violation[] = []
	let checks = 0
	let timer: NodeJS.Timeout | undefined
	let current: Promise<void> = Promise.resolve()
	let ended = false

	const check = async () => {
		try {
			found.push(...(await violationsIn(database)))
			checks += 1
		} catch (error) {
			if (!isAway(error)) throw error
		}
		if (!ended) wait()
	}
	const wait = () => {
		timer = setTimeout(() => {
			current = check()
			current.catch(() => undefined)
		}, EVERY_MS)
	}
	wait()
	return {
		checks: () => checks,
		async end() {
			ended = true
			clearTimeout(timer)
			await current
			return found
		},
	}
}

function isAway(error: unknown): boolean {
	const { code = '', message = '' } = error as { code?: string; message?: string }
	return /^(08|57P|ECONN|EPIPE)/.test(code) || /Connection terminated|not queryable|timeout/.test(message)
}
