/** More is noise, and a queue is no place for a flood. */
const MOST = 2_000

/** What a failed job is remembered by, whatever was thrown. NUL has no place in Postgres. */
export function lastWordsOf(thrown: unknown): string {
	try {
		const text = thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
		return text.slice(0, MOST).replaceAll('\u0000', '').toWellFormed()
	} catch {
		return 'something was thrown that cannot be put into words'
	}
}
