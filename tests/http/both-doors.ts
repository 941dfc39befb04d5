import { THROUGH_REMIX } from '#tests/support/doors.ts'

/** The two ways into the API where a path has both. */
export const BOTH_DOORS: readonly [name: string, headers: Record<string, string>][] = [
	['fast lane', {}],
	['Remix', THROUGH_REMIX],
]
