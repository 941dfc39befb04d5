import ipaddr from 'ipaddr.js'

/** `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32` as Postgres writes them; null for what names no network. */
export function readNetwork(text: string): string | null {
	const plain = text.trim()
	try {
		const [address, bits] = plain.includes('/') ? ipaddr.parseCIDR(plain) : single(plain)
		if (bits === 0) return null
		const isMapped = address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()
		if (isMapped && bits < MAPPED_BITS) return null
		const real = isMapped ? address.toIPv4Address() : address
		const realBits = isMapped ? bits - MAPPED_BITS : bits
		if (realBits === 0) return null
		const kind = real.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
		return `${kind.networkAddressFromCIDR(`${real.toString()}/${realBits}`).toString()}/${realBits}`
	} catch {
		return null
	}
}

/** `::ffff:203.0.113.7` is 203.0.113.7. */
const MAPPED_BITS = 96

function single(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
	if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) throw new TypeError(text)
	const address = ipaddr.parse(text)
	return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** Whether an address is in one of the networks; an address nobody can read is in none. */
export function isWithin(address: string, networks: readonly string[]): boolean {
	if (!ipaddr.isValid(address)) return false
	const real = ipaddr.process(address)
	return networks.some((network) => {
		const [base, bits] = ipaddr.parseCIDR(network)
		return base.kind() === real.kind() && real.match(base, bits)
	})
}
