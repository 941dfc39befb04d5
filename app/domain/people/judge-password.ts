import { COMMON_PASSWORDS } from './common-passwords.ts'

/** As the only factor (NIST 800-63B). A character is a code point. */
export const SHORTEST_PASSWORD = 15
/** In UTF-16 units: enough for every passphrase, and little work to hash. */
export const LONGEST_PASSWORD = 512
/** What has to remain of a password without everything anybody would try first. */
const FEWEST_OWN = 5
/** Shorter words of the context are parts of other words. */
const SHORTEST_WORD = 4

export type PasswordRefusal = {
	code: 'password_too_short' | 'password_too_long' | 'password_common'
	message: string
}

const PRODUCT_WORDS = ['tillhouse', 'payments', 'payment']

/** Words that stand near this account, such as its name and address. */
const wordsOf = (context: readonly string[]): string[] =>
	context
		.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
		.filter((word) => [...word].length >= SHORTEST_WORD)

/** `abcabcabcabc` says no more than `abc`. */
const withoutRepeats = (text: string): string => text.replaceAll(/(.{1,8}?)\1+/gsu, '$1')

/** `fghij` and `54321` say no more than their first character. */
function withoutRuns(text: string): string {
	const codes = [...text].map((sign) => sign.codePointAt(0) ?? 0)
	return codes
		.filter((code, at) => {
			const step = code - (codes[at - 1] ?? Number.NaN)
			return !(Math.abs(step) <= 1 && step === (codes[at - 1] ?? 0) - (codes[at - 2] ?? Number.NaN))
		})
		.map((code) => String.fromCodePoint(code))
		.join('')
}

const LONGEST_FIRST = [...COMMON_PASSWORDS].sort((a, b) => b.length - a.length)

/** What is left of a password that somebody who guesses would not write down first. */
function ownPartOf(password: string, context: readonly string[]): number {
	let rest = password.toLowerCase()
	for (const word of [...wordsOf(context), ...PRODUCT_WORDS, ...LONGEST_FIRST])
		rest = rest.replaceAll(word, ' ')
	const letters = withoutRuns(withoutRepeats(rest)).replaceAll(/[\s!-/:-@[-`{-~]+/g, '')
	return new Set(letters).size
}

/** Null for a password that may be used. It is judged as it was typed: nothing is trimmed or made alike. */
export function judgePassword(password: string, context: readonly string[]): PasswordRefusal | null {
	if ([...password].length < SHORTEST_PASSWORD) {
		const message = `The password is too short: it needs at least ${SHORTEST_PASSWORD} characters. A sentence is fine.`
		return { code: 'password_too_short', message }
	}
	if (password.length > LONGEST_PASSWORD) {
		const message = `The password is too long: at most ${LONGEST_PASSWORD} characters can be kept.`
		return { code: 'password_too_long', message }
	}
	if (ownPartOf(password, context) < FEWEST_OWN) {
		const message =
			'The password is easy to guess: it is made of words, names or rows of keys that are tried first. Add something of your own.'
		return { code: 'password_common', message }
	}
	return null
}
