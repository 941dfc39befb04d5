import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const POOL_SIZE = 8_192

let pool = randomBytes(POOL_SIZE)
let used = 0

/** Ids of a test gateway need to be unlike each other, not unguessable: the slight bias of % 62 is fine. */
export function newId(prefix: string, length = 24): string {
	if (used + length > POOL_SIZE) {
		pool = randomBytes(POOL_SIZE)
		used = 0
	}
	let id = `${prefix}_`
	for (const end = used + length; used < end; used++) id += ALPHABET[(pool[used] ?? 0) % 62]
	return id
}
