import { z } from 'zod'

const Discovered = z.object({
	issuer: z.string(),
	authorization_endpoint: z.url(),
	token_endpoint: z.url(),
	jwks_uri: z.url(),
})
export type Discovered = z.infer<typeof Discovered>

const TIMEOUT_MS = 5_000
const KEPT_MS = 3_600_000

const schemeOf = (url: string): string => new URL(url).protocol

async function fetchDiscovery(issuer: string): Promise<Discovered> {
	const response = await fetch(`${issuer}/.well-known/openid-configuration`, {
		signal: AbortSignal.timeout(TIMEOUT_MS),
		redirect: 'error',
		headers: { accept: 'application/json' },
	})
	if (!response.ok) throw new Error(`the issuer's description answers ${response.status}`)
	const found = Discovered.parse(await response.json())
	if (found.issuer !== issuer) throw new Error('the description is of another issuer')
	const urls = [found.authorization_endpoint, found.token_endpoint, found.jwks_uri]
	if (urls.some((url) => schemeOf(url) !== schemeOf(issuer))) throw new Error('an endpoint is not encrypted')
	return found
}

/** Where the issuer says its parts are. Asked at most once an hour; a failure is asked again. */
export function createDiscovery(issuer: string, clock: { now(): Date }): () => Promise<Discovered> {
	let kept: { found: Promise<Discovered>; at: number } | null = null
	return () => {
		const now = clock.now().getTime()
		if (kept && now - kept.at < KEPT_MS) return kept.found
		const asked = { found: fetchDiscovery(issuer), at: now }
		kept = asked
		asked.found.catch(() => {
			if (kept === asked) kept = null
		})
		return asked.found
	}
}
