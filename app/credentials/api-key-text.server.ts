import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { newId } from '../domain/ids/new-id.ts'

/** `th_<test|live>_<key id>_<secret>_<crc>`: fixed widths, as base64url itself may hold `_`. */
const FORM = /^th_(test|live)_([0-9a-z]{26})_([\w-]{43})_([0-9a-f]{8})$/

const checksumOf = (text: string): string => crc32(text).toString(16).padStart(8, '0')

export const hashOfKey = (key: string): Buffer => createHash('sha256').update(key).digest()

/** What people recognise it by. */
export const hintOf = (key: string): string => `…${key.slice(-4)}`

type NewKey = { id: string; key: string }

export function keyTextOf(id: string, secret: string, livemode: boolean): string {
	const text = `th_${livemode ? 'live' : 'test'}_${id.slice('key_'.length)}_${secret}`
	return `${text}_${checksumOf(text)}`
}

/** The key is shown once; only its hash is kept, found again by its id. */
export function newApiKey(livemode: boolean): NewKey {
	const id = newId('key')
	return { id, key: keyTextOf(id, randomBytes(32).toString('base64url'), livemode) }
}

/** The id in a key's text and the mode it is of; null for a text that cannot be a key, such as one with a typo. */
export function readApiKey(key: string): { id: string; livemode: boolean } | null {
	const [, mode, suffix, , checksum] = FORM.exec(key) ?? []
	if (suffix === undefined || checksum !== checksumOf(key.slice(0, -9))) return null
	return { id: `key_${suffix}`, livemode: mode === 'live' }
}

export const isSameHash = (one: Buffer, other: Buffer): boolean =>
	one.length === other.length && timingSafeEqual(one, other)
