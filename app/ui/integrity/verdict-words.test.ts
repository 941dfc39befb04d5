import { expect, test } from 'vitest'
import { verdictWords } from './verdict-words.ts'

const promise = (violations: number | null) =>
	({ id: 'I01', group: 'The ledger', says: 'It adds up.', violations }) as const

test('only a fresh clean result is called good', () => {
	const good = (['never', 'holds', 'broken', 'failed', 'stale'] as const).filter((status) =>
		verdictWords({ status, promises: [promise(0)], rows_checked: 5 }).look.includes('good'),
	)
	expect(good).toEqual(['holds'])
})

test('broken promises are counted, not their rows', () => {
	const promises = [promise(7), promise(0), promise(null)]
	expect(verdictWords({ status: 'broken', promises, rows_checked: 5 }).title).toBe('One promise is broken.')
	expect(verdictWords({ status: 'broken', promises: [...promises, promise(1)], rows_checked: 5 }).title).toBe(
		'2 promises are broken.',
	)
})

test('empty books are not praised', () => {
	expect(verdictWords({ status: 'holds', promises: [promise(0)], rows_checked: 0 }).text).toContain(
		'still empty',
	)
})
