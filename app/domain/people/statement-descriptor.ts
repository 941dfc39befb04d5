const LONGEST = 22
const FALLBACK = 'ONLINE SHOP'

/** What a new business is called on card statements until it says otherwise: capitals and digits that every bank prints. */
export function statementDescriptorOf(name: string): string {
	const plain = name
		.normalize('NFD')
		.replaceAll(/\p{M}+/gu, '')
		.toUpperCase()
		.replaceAll('&', ' AND ')
		.replaceAll(/[^A-Z0-9]+/g, ' ')
		.trim()
	return plain.slice(0, LONGEST).trim() || FALLBACK
}
