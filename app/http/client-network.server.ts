import ipaddr from 'ipaddr.js'

const BITS = { ipv4: 24, ipv6: 48 } as const

/** The network around an address, as the audit record keeps it: enough to see a stranger, too little to find a home. */
export function clientNetwork(address: string): string | null {
	if (!ipaddr.isValid(address)) return null
	const parsed = ipaddr.process(address)
	const kind = parsed.kind()
	const first =
		kind === 'ipv4'
			? ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/${BITS.ipv4}`)
			: ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${BITS.ipv6}`)
	return `${first.toString()}/${BITS[kind]}`
}
