import { expect, test } from 'vitest'
import { holdsCardNumber, passesLuhn } from './card-number.ts'

test.each([
	'4242424242424242',
	'4242 4242 4242 4242',
	'4242-4242-4242-4242',
	'378282246310005',
	'6011000990139424',
	'4222222222222',
	'card: 4242424242424242, please',
	'3782 822463 10005',
	'5555 5555 5555 4444',
	'2223003122003222',
	'3530111333300000',
	'30569309025904',
	'6205500000000000004',
	'6304 0000 0000 0000 00',
	'4242 4242 4242 4242.',
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
	// Pass the check digit, and are no card's: a timestamp, an order, the tail of a UUID.
	'1763759999123',
	'9912345678901239',
	'9f0c1a52-77aa-4c2b-8424-242424242427',
	'',
])('%s does not', (text) => {
	expect(holdsCardNumber(text)).toBe(false)
})

test('no key made at random is taken for one, be all its letters digits', () => {
	const digits = (length: number) => Array.from({ length }, () => Math.floor(Math.random() * 10)).join('')
	const keys = Array.from(
		{ length: 20_000 },
		() => `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`,
	)
	expect(keys.filter((key) => passesLuhn(key.replaceAll(/\D/g, '').slice(-16))).length).toBeGreaterThan(1_000)
	expect(keys.filter(holdsCardNumber)).toEqual([])
})
