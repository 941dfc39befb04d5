import { gatewayKeyProblems } from './gateway-key-refusals.server.ts'
import type { Problem, Settings } from './settings.server.ts'
import { isConnected, worldOf } from './worlds.server.ts'

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1'])
export const isLocalHost = (hostname: string): boolean => LOCAL_HOSTS.has(hostname)

const WELL_KNOWN = /change.?me|example|password|secret|default|12345|postgres/i

/** Nothing here may print a value: the text ends in logs. */
export function refusals(settings: Settings): Problem[] {
	const always = [
		...gatewayKeyProblems(settings),
		...googleProblems(settings),
		...mailProblems(settings),
		...vaultProblems(settings),
	]
	return settings.NODE_ENV === 'production' ? [...always, ...productionProblems(settings)] : always
}

function googleProblems({ GOOGLE_CLIENT_ID: id, GOOGLE_CLIENT_SECRET: secret }: Settings): Problem[] {
	if (id && !secret) {
		return [{ setting: 'GOOGLE_CLIENT_SECRET', reason: 'is missing, but GOOGLE_CLIENT_ID is set' }]
	}
	if (secret && !id) {
		return [{ setting: 'GOOGLE_CLIENT_ID', reason: 'is missing, but GOOGLE_CLIENT_SECRET is set' }]
	}
	return []
}

/** Whoever names the issuer says who everybody is. */
function issuerProblems({ GOOGLE_ISSUER: issuer }: Settings): Problem[] {
	if (!issuer) return []
	return [{ setting: 'GOOGLE_ISSUER', reason: 'is for tests only: in production it is Google' }]
}

function mailProblems({ SMTP_URL: smtpUrl, MAIL_FROM: from }: Settings): Problem[] {
	if (!smtpUrl || from) return []
	return [{ setting: 'MAIL_FROM', reason: 'is missing, but SMTP_URL is set' }]
}

/** Text typed by hand has few distinct bytes; 32 random ones have 30. */
const FEWEST_DISTINCT_BYTES = 20

function vaultProblems({ VAULT_KEYS: keys }: Settings): Problem[] {
	const refuse = (reason: string): Problem[] => [{ setting: 'VAULT_KEYS', reason }]
	if (new Set(keys.map(({ id }) => id)).size < keys.length) return refuse('names two keys alike')
	if (new Set(keys.map(({ key }) => key)).size < keys.length) return refuse('holds the same key twice')
	const bytes = keys.map(({ key }) => Buffer.from(key, 'base64url'))
	return bytes.some((key) => isGuessable(key.toString('latin1'), FEWEST_DISTINCT_BYTES))
		? refuse('has a key that is easy to guess; make one with: openssl rand -base64 32')
		: []
}

function vaultMissing({ VAULT_KEYS: keys }: Settings): Problem[] {
	if (keys.length > 0) return []
	return [{ setting: 'VAULT_KEYS', reason: 'is missing; make one with: openssl rand -base64 32' }]
}

function productionProblems(settings: Settings): Problem[] {
	return [
		...baseUrlProblems(settings.BASE_URL),
		...databaseProblems(settings.DATABASE_URL),
		...sandboxProblems(settings),
		...issuerProblems(settings),
		...vaultMissing(settings),
	]
}

function baseUrlProblems(baseUrl: string | undefined): Problem[] {
	if (!baseUrl)
		return [{ setting: 'BASE_URL', reason: 'is missing; production needs its public https address' }]
	const { protocol, hostname } = new URL(baseUrl)
	if (protocol === 'https:' || isLocalHost(hostname)) return []
	return [{ setting: 'BASE_URL', reason: 'must be https, unless the host is localhost or 127.0.0.1' }]
}

function databaseProblems(url: string | undefined): Problem[] {
	if (!url) return [{ setting: 'DATABASE_URL', reason: 'is missing; production does not start a database' }]
	const { hostname, password, searchParams } = new URL(url)
	if (isLocalHost(hostname)) return []
	const problems: Problem[] = isEncrypted(hostname, searchParams.get('sslmode'))
		? []
		: [{ setting: 'DATABASE_URL', reason: 'must ask for TLS: put ?sslmode=verify-full behind it' }]
	if (!password || !isGuessable(decodeURIComponent(password), 5)) return problems
	return [...problems, { setting: 'DATABASE_URL', reason: 'has a password that is easy to guess' }]
}

/** The driver checks the certificate for each of them. */
const TLS_MODES: ReadonlySet<string | null> = new Set(['verify-full', 'verify-ca', 'require'])
/** Names that only a network of one's own knows, such as Fly's, which encrypts by itself. */
const PRIVATE_HOST = /^[a-z0-9-]+$|\.(internal|flycast)$/i

/** Plain text is for a private network, and only where somebody has said so. */
const isEncrypted = (hostname: string, mode: string | null): boolean =>
	TLS_MODES.has(mode) || (mode === 'disable' && PRIVATE_HOST.test(hostname))

function isGuessable(secret: string, fewestDistinct: number): boolean {
	return WELL_KNOWN.test(secret) || new Set(secret).size < fewestDistinct
}

function sandboxProblems(settings: Settings): Problem[] {
	const hasKeys = isConnected(worldOf(settings, 'test')) || isConnected(worldOf(settings, 'live'))
	if (hasKeys) return []
	return [
		{
			setting: 'STRIPE_SECRET_KEY',
			reason: 'is missing, so payments would go to the sandbox; ALLOW_SANDBOX=1 permits that for demos',
		},
	]
}
