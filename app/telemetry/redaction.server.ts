import { passesLuhn } from '../domain/cards/card-number.ts'

const CARD_LIKE = /(?<![\dA-Za-z])\d(?:[ -]?\d){12,18}(?![\dA-Za-z])/g
/** Tokens by how they are written: of HTTP, of cookies, of Stripe, of our own keys, and signed ones (JWT). */
const SECRETS = [
	/\b(?:Bearer|Basic)\s+[\w.~+/=-]+/gi,
	/\b(?:__Host-)?sid=[^;\s"\\]+/g,
	/\bwhsec_[\w+/=-]+/g,
	/\b(?:sk|rk|th)_[\w-]{8,}/g,
	/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
]
const ADDRESS_PASSWORD = /(\b[a-z][a-z+]*:\/\/[^\s:/@]*:)[^\s@]+@/g

/** The last line before a log leaves the process: card numbers, tokens and keys never pass it. */
export function withoutSecrets(line: string): string {
	return SECRETS.reduce((text, secret) => text.replace(secret, '[secret]'), line)
		.replace(ADDRESS_PASSWORD, '$1[secret]@')
		.replace(CARD_LIKE, (found) => (passesLuhn(found.replaceAll(/\D/g, '')) ? '[card]' : found))
}
