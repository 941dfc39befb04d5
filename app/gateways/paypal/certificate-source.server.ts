import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import type { Fetch } from './fetch-text.server.ts'
import { fetchText } from './fetch-text.server.ts'

/** Whose certificates sign PayPal's messages: where they may lie, and what they must lead back to. */
export type CertificateSource = {
	/** Looks at the text only: nothing leaves for an address this refuses. */
	isAddress(url: string): boolean
	roots(): Promise<readonly X509Certificate[]>
}

/** The whole address and nothing more: no other host, port, name, password, query or second path fits in here. */
const PAYPAL_ADDRESS =
	/^https:\/\/api(-m)?(\.sandbox)?\.paypal\.com(:443)?\/v1\/notifications\/certs\/[\w-]{1,128}$/

let systemRoots: readonly X509Certificate[] | undefined

/** PayPal's own, below the roots Node ships. */
export const PAYPAL_CERTIFICATES: CertificateSource = {
	isAddress: (url) => PAYPAL_ADDRESS.test(url),
	roots: async () => (systemRoots ??= rootCertificates.map((pem) => new X509Certificate(pem))),
}

const SANDBOX_PATH = '/paypal/v1/notifications/certs/'
const SANDBOX_NAME = /^[\w-]{1,128}$/

/** Those of the sandbox that stands in for PayPal: its own origin, and the root it made for itself. */
export function sandboxCertificates(origin: string, fetch: Fetch): CertificateSource {
	const prefix = origin + SANDBOX_PATH
	return {
		isAddress: (url) => url.startsWith(prefix) && SANDBOX_NAME.test(url.slice(prefix.length)),
		roots: async () => [new X509Certificate(await fetchText(fetch, `${origin}/paypal/sandbox/root.pem`))],
	}
}
