import { verifyIntegrity, type Verified } from '../../app/commands/integrity/verify-integrity.server.ts'
import { INVARIANT_WORDS } from '../../app/domain/integrity/invariant-words.ts'
import { inspectDatabase } from '../../db/inspect-database.ts'
import { withDatabase } from './ops-database.ts'

const print = (text: string) => void process.stdout.write(`${text}\n`)

function table({
	counts,
	violations,
	rowsChecked,
	merchantsSeen,
	violationCount,
	durationMs,
}: Verified): string {
	const lines = counts.map(({ invariant, violations: broken }) => {
		const says = INVARIANT_WORDS[invariant]?.says ?? ''
		return `  ${invariant}  ${broken === 0 ? '    ok' : String(broken).padStart(6)}  ${says}`
	})
	const found = violations.map(({ invariant, subject, detail }) => `  ${invariant}  ${subject}  ${detail}`)
	const verdict =
		violationCount === 0
			? 'Everything holds.'
			: `${violationCount} rows break a promise. The first of each:\n\n${found.join('\n')}`
	return [
		'',
		...lines,
		'',
		`  ${rowsChecked} rows of ${merchantsSeen} businesses, in ${durationMs} ms`,
		'',
		verdict,
		'',
	].join('\n')
}

/** Checks and keeps the result. 0: all holds, 1: something does not. Throws when it cannot be checked. */
export const verify = (url: string, asJson: boolean): Promise<number> =>
	withDatabase(url, async (db) => {
		const inspect = () => inspectDatabase(url)
		const clock = { now: () => new Date() }
		const verified = await verifyIntegrity({ db, clock, inspect, committed: () => undefined }, 'ops')
		print(asJson ? JSON.stringify(verified, null, '\t') : table(verified))
		return verified.violationCount === 0 ? 0 : 1
	})
