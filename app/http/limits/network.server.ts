import { isIPv6 } from 'node:net'

/** What one payer can move about in: an IPv4 address, or the /64 their provider gives to one line. */
export function networkOf(address: string): string {
	const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
	if (!isIPv6(plain)) return plain
	// The URL parser writes every spelling of an address the same way.
	const [head = '', tail = ''] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::')
	const before = head === '' ? [] : head.split(':')
	const after = tail === '' ? [] : tail.split(':')
	const zeros = Array<string>(8 - before.length - after.length).fill('0')
	return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}
