import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { VaultRefusal } from './key-ring.server.ts'
import { keyIdOf, openBytes, sealBytes } from './sealed-text.server.ts'

const key = randomBytes(32)
const BOUND = 'totp_factors|secret|tot_1|-|dek_1'
const sealed = (plain: string) => sealBytes(key, 'dek_1', BOUND, Buffer.from(plain))

test('what was sealed opens as it was, and no two texts are alike', () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 300 }), (plain) => {
			const text = sealed(plain)
			expect(openBytes(key, BOUND, text).toString()).toBe(plain)
			expect(keyIdOf(text)).toBe('dek_1')
			expect(sealed(plain)).not.toBe(text)
		}),
	)
})

/** Bytes and not letters: the last letter of base64url can have bits that mean nothing. */
const flipped = (part: string, bit: number): string => {
	const bytes = Buffer.from(part, 'base64url')
	const index = Math.floor(bit / 8) % bytes.length
	bytes[index] = (bytes[index] ?? 0) ^ (1 << (bit % 8))
	return bytes.toString('base64url')
}

test('a changed bit of any part is refused', () => {
	fc.assert(
		fc.property(fc.constantFrom(2, 3, 4), fc.nat(1_000), (part, bit) => {
			const parts = sealed('JBSWY3DPEHPK3PXP').split('.')
			parts[part] = flipped(parts[part] ?? '', bit)
			expect(() => openBytes(key, BOUND, parts.join('.'))).toThrow(VaultRefusal)
		}),
	)
})

test('any single letter changed, left out or put in is refused', () => {
	fc.assert(
		fc.property(fc.nat(200), fc.constantFrom('', 'A', '_', '.', '=', 'AA'), (at, letter) => {
			const text = sealed('JBSWY3DPEHPK3PXP')
			const index = at % text.length
			const changed = text.slice(0, index) + letter + text.slice(index + 1)
			fc.pre(changed !== text && keyPart(changed) === keyPart(text))
			expect(() => openBytes(key, BOUND, changed)).toThrow(VaultRefusal)
		}),
	)
})

/** Which key a text names decides who opens it: another name leads to another key, or to none. */
const keyPart = (text: string) => text.split('.')[1]

test('another key, or another place, does not open it', () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string(), (other, bound) => {
			const text = sealed('JBSWY3DPEHPK3PXP')
			expect(() => openBytes(Buffer.from(other), BOUND, text)).toThrow(VaultRefusal)
			fc.pre(bound !== BOUND)
			expect(() => openBytes(key, bound, text)).toThrow(VaultRefusal)
		}),
	)
})

test('a shortened tag is refused, though the cipher itself could be told to take one', () => {
	const parts = sealed('JBSWY3DPEHPK3PXP').split('.')
	for (const bytes of [4, 8, 12, 15]) {
		const tag = Buffer.from(parts[4] ?? '', 'base64url').subarray(0, bytes)
		const shortened = [...parts.slice(0, 4), tag.toString('base64url')].join('.')
		expect(() => openBytes(key, BOUND, shortened)).toThrow(VaultRefusal)
	}
})
