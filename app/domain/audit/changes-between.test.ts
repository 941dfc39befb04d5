import { expect, test } from 'vitest'
import { changesBetween } from './changes-between.ts'

test('what stayed the same is left out, and what is new or gone is null on the other side', () => {
	const before = { name: 'Shop', countries: ['DE', 'FR'], limit: '500' }
	const after = { name: 'Shop', countries: ['DE'], spread: 20 }
	expect(changesBetween<Record<string, unknown>>(before, after)).toEqual({
		before: { countries: ['DE', 'FR'], limit: '500', spread: null },
		after: { countries: ['DE'], limit: null, spread: 20 },
	})
	expect(changesBetween({ a: [1] }, { a: [1] })).toEqual({ before: {}, after: {} })
})
