import { expect, test } from 'vitest'
import { isWithin, readNetwork } from './networks.server.ts'

test.each([
	['203.0.113.7', '203.0.113.7/32'],
	[' 203.0.113.7/24 ', '203.0.113.0/24'],
	['2001:db8::1', '2001:db8::1/128'],
	['2001:DB8:0:0:1::/48', '2001:db8::/48'],
	['::ffff:203.0.113.7', '203.0.113.7/32'],
	['::ffff:203.0.113.7/120', '203.0.113.0/24'],
])('%s is written %s', (text, network) => {
	expect(readNetwork(text)).toBe(network)
})

test.each([
	'',
	'here',
	'203.0.113',
	'0x7f000001',
	'2130706433',
	'203.0.113.7/33',
	'203.0.113.7/-1',
	'0.0.0.0/0',
	'::/0',
	'::ffff:0:0/96',
	'::ffff:0:0/90',
	'203.0.113.7/24/24',
	'10.0.0.1; drop table',
])('%j names no network a key can be bound to', (text) => {
	expect(readNetwork(text)).toBeNull()
})

const OFFICE = ['203.0.113.0/24', '2001:db8::/32']

test.each([
	['203.0.113.255', true],
	['::ffff:203.0.113.1', true],
	['2001:db8:ffff::1', true],
	['203.0.114.0', false],
	['2001:db9::1', false],
	['', false],
	['unknown', false],
])('%j is within the office: %s', (address, within) => {
	expect(isWithin(address, OFFICE)).toBe(within)
})
