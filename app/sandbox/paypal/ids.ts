import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** PayPal's ids are 17 capital letters and digits; unlike each other is enough here. */
export function newPayPalId(length = 17): string {
	let id = ''
	for (const byte of randomBytes(length)) id += ALPHABET[byte % ALPHABET.length]
	return id
}
