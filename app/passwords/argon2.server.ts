import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { inTurn } from './in-turn.server.ts'

const derive = promisify(argon2)

// OWASP's floor for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB = 19_456
const PASSES = 2
const PARALLELISM = 1
const TAG_BYTES = 32

const tagOf = (password: string, nonce: Buffer, memory: number, passes: number, parallelism: number) =>
	inTurn(() =>
		derive('argon2id', { message: password, nonce, memory, passes, parallelism, tagLength: TAG_BYTES }),
	)

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')

/** A PHC string: algorithm and costs travel with the hash, so they can be raised later. */
export async function hashPassword(password: string): Promise<string> {
	const nonce = randomBytes(16)
	const tag = await tagOf(password, nonce, MEMORY_KIB, PASSES, PARALLELISM)
	return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${base64(nonce)}$${base64(tag)}`
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

export async function isPassword(password: string, phc: string): Promise<boolean> {
	const [, memory, passes, lanes, nonce = '', tag = ''] = PHC.exec(phc) ?? []
	if (!memory || !passes || !lanes) return false
	const expected = Buffer.from(tag, 'base64')
	const actual = await tagOf(
		password,
		Buffer.from(nonce, 'base64'),
		Number.parseInt(memory, 10),
		Number.parseInt(passes, 10),
		Number.parseInt(lanes, 10),
	)
	return expected.length === actual.length && timingSafeEqual(expected, actual)
}

/** Made with other costs than a hash is made with today: made again the next time the password is at hand. */
export const isOutdated = (phc: string): boolean =>
	!phc.startsWith(`$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$`)
