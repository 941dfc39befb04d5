import { expect, test } from 'vitest'
import { clientNetwork } from './client-network.server.ts'

test.each([
	['203.0.113.77', '203.0.113.0/24'],
	['::ffff:203.0.113.77', '203.0.113.0/24'],
	['2001:db8:1234:5678::9', '2001:db8:1234::/48'],
	['127.0.0.1', '127.0.0.0/24'],
	['', null],
	['not an address', null],
])('%s is kept as %s', (address, network) => {
	expect(clientNetwork(address)).toBe(network)
})
