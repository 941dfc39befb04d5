import { expect, test } from 'vitest'
import { CheckoutSessionId } from '../../contracts/ids.ts'
import { newSecretId } from './new-secret-id.ts'

const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

/** The 130 bits that 26 letters say; the first two are always 0. */
const bitsOf = (id: string): string =>
	[...id.slice('cs_'.length)].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('')

test('every one of its 128 bits is random, and its form is that of any id', () => {
	const ids = Array.from({ length: 2_000 }, () => newSecretId('cs'))
	expect(new Set(ids).size).toBe(ids.length)
	for (const id of ids) expect(CheckoutSessionId.safeParse(id).success).toBe(true)
	const bits = ids.map(bitsOf)
	for (let place = 2; place < 130; place++) {
		const ones = bits.filter((text) => text[place] === '1').length
		// A fair coin is farther from the middle than ten standard deviations once in 10^23.
		expect(Math.abs(ones - ids.length / 2)).toBeLessThan(10 * Math.sqrt(ids.length / 4))
	}
})
