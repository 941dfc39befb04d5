import type { KeyObject } from 'node:crypto'
import { isTrusted, readChain, type Chain } from './certificate-chain.server.ts'
import type { CertificateSource } from './certificate-source.server.ts'
import { fetchText, type Fetch } from './fetch-text.server.ts'

/** PayPal signs with one certificate at a time; the rest is for the change to the next. */
const MOST_KEPT = 8
/** Whoever sends junk makes us fetch this much at once at most. */
const MOST_AT_ONCE = 4

export type Certificates = {
	/** The key behind a certificate's address, or why there is none. */
	keyAt(url: string, now: Date): Promise<{ key: KeyObject } | { refusal: string }>
}

const UNREADABLE = { refusal: 'The certificate that should prove the signature could not be read.' }
const UNTRUSTED = { refusal: 'The certificate behind the signature is not PayPal’s, or is not valid now.' }
const BUSY = { refusal: 'Too many certificates are being read at once. Send the message again.' }

/** Certificates by address. Only trusted ones are kept, and each use looks at their dates anew. */
export function createCertificates(source: CertificateSource, fetch: Fetch): Certificates {
	const kept = new Map<string, Chain>()
	const coming = new Map<string, Promise<Chain | null>>()

	function fetchChain(url: string): Promise<Chain | null> {
		const known = coming.get(url)
		if (known) return known
		const chain = fetchText(fetch, url)
			.then(readChain)
			.finally(() => coming.delete(url))
		coming.set(url, chain)
		return chain
	}

	function keep(url: string, chain: Chain): void {
		kept.set(url, chain)
		const [oldest] = kept.keys()
		if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
	}

	return {
		async keyAt(url, now) {
			const known = kept.get(url)
			if (!known && !coming.has(url) && coming.size >= MOST_AT_ONCE) return BUSY
			try {
				const chain = known ?? (await fetchChain(url))
				if (chain === null) return UNREADABLE
				if (!isTrusted(chain, await source.roots(), now)) {
					kept.delete(url)
					return UNTRUSTED
				}
				keep(url, chain)
				return { key: chain.leaf.publicKey }
			} catch {
				return UNREADABLE
			}
		},
	}
}
