import { BlockList, isIPv6 } from 'node:net'

const notPublic = new BlockList()
for (const [network, prefix] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.168.0.0', 16],
] as const) {
	notPublic.addSubnet(network, prefix, 'ipv4')
}
notPublic.addAddress('::1', 'ipv6')
notPublic.addSubnet('fc00::', 7, 'ipv6')
notPublic.addSubnet('fe80::', 10, 'ipv6')

/**
 * The payer's address where it says something about the payer; null for a private one. Everyone behind a proxy
 * that is not configured, or on the demo's own machine, shares such an address: counting by it would stop them all.
 */
export function payerAddress(clientIp: string): string | null {
	const address = clientIp.replace(/^::ffff:(?=\d+\.)/i, '')
	return notPublic.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') ? null : address
}
