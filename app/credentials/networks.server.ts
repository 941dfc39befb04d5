import ipaddr from 'ipaddr.js'

/** `::ffff:203.0.113.7` is 203.0.113.7. */
const MAPPED_BITS = 96

type Network = [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number]

function single(text: string): Network {
	if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) throw new TypeError(text)
	const address = ipaddr.parse(text)
	return [address, address.kind() === 'ipv4' ? 32 : 128]
}

function unmapped([address, bits]: Network): Network {
	const isMapped = address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()
	return isMapped ? [address.toIPv4Address(), bits - MAPPED_BITS] : [address, bits]
}

/** `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32` as Postgres writes them; null for what names no network, or all. */
export function readNetwork(text: string): string | null {
	const plain = text.trim()
	try {
		const [address, bits] = unmapped(plain.includes('/') ? ipaddr.parseCIDR(plain) : single(plain))
		if (bits <= 0) return null
		const kind = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
		return `${kind.networkAddressFromCIDR(`${address.toString()}/${bits}`).toString()}/${bits}`
	} catch {
		return null
	}
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
