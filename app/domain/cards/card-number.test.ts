import { expect, test } from 'vitest'
import { holdsCardNumber } from './card-number.ts'

test.each([
	'4242424242424242',
	'4242 4242 4242 4242',
	'4242-4242-4242-4242',
	'378282246310005',
	'6011000990139424',
	'4222222222222',
	'card: 4242424242424242, please',
])('%s holds the number of a card', (text) => {
	expect(holdsCardNumber(text)).toBe(true)
})

test.each([
	'4242424242424241',
	'424242424242',
	'42424242424242424242',
	'pm_4242424242424242',
	'pay_01jd4242424242424242',
	'1.4242424242424242',
	'2026-11-21 16:20:00',
	'',
])('%s does not', (text) => {
	expect(holdsCardNumber(text)).toBe(false)
})
