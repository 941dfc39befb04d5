import { expect, test } from 'vitest'
import { dayWords, rateWords, spreadWords } from './format-rate.ts'

test.each([
	[0, '0 %'],
	[5, '0.05 %'],
	[50, '0.5 %'],
	[150, '1.5 %'],
	[200, '2 %'],
	[1_000, '10 %'],
])('%i basis points are %s', (bps, words) => {
	expect(spreadWords(bps)).toBe(words)
})

test.each([
	['152.25', '152.25'],
	['159.332520041826420356', '159.3325'],
	['0.871383757406761938', '0.8713837'],
	['0.0000515595', '0.0000515595'],
	['0.000051559587049718', '0.00005155958'],
	['19395.07', '19395.07'],
	['19395.071234', '19395.07'],
	['1', '1'],
])('the rate %s is shown as %s', (rate, words) => {
	expect(rateWords(rate)).toBe(words)
})

test('a day is written out', () => {
	expect(dayWords('2026-03-13')).toBe('Mar 13, 2026')
})
