import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOfKey, isSameHash, newApiKey, readApiKey } from './api-key-text.server.ts'

test('a key names its id and mode, and no two are the same', () => {
	const keys = Array.from({ length: 100 }, () => newApiKey(false))
	for (const { id, key } of keys) expect(readApiKey(key)).toEqual({ id, livemode: false })
	expect(new Set(keys.map(({ key }) => key)).size).toBe(100)
	expect(readApiKey(newApiKey(true).key)?.livemode).toBe(true)
	expect(newApiKey(false).key).toMatch(/^th_test_[0-9a-z]{26}_[\w-]{43}_[0-9a-f]{8}$/)
})

test('one wrong character anywhere is a typo, told without a question to the database', () => {
	fc.assert(
		fc.property(
			fc.nat({ max: 86 }),
			fc.constantFrom(...'abcXYZ019_-'),
			fc.boolean(),
			(place, letter, livemode) => {
				const { key } = newApiKey(livemode)
				fc.pre(place < key.length && key[place] !== letter)
				return readApiKey(key.slice(0, place) + letter + key.slice(place + 1)) === null
			},
		),
	)
})

test.each([
	'',
	'sk_test_1',
	'th_test_',
	'th_prod_x',
	`${newApiKey(false).key} `,
	newApiKey(false).key.slice(1),
])('%j is no key', (text) => {
	expect(readApiKey(text)).toBeNull()
})

test('hashes are the same or not, of whatever length', () => {
	expect(isSameHash(hashOfKey('a'), hashOfKey('a'))).toBe(true)
	expect(isSameHash(hashOfKey('a'), hashOfKey('b'))).toBe(false)
	expect(isSameHash(hashOfKey('a'), Buffer.from('a'))).toBe(false)
})
