import { gatewayKeyProblems } from './gateway-key-refusals.server.ts'
import type { Problem, Settings } from './settings.server.ts'
import { isConnected, worldOf } from './worlds.server.ts'

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1'])
const WELL_KNOWN = /change.?me|example|password|secret|default|12345|postgres/i

/** Nothing here may print a value: the text ends in logs. */
export function refusals(settings: Settings): Problem[] {
	const always = [...gatewayKeyProblems(settings), ...mailProblems(settings), ...vaultProblems(settings)]
	return settings.NODE_ENV === 'production' ? [...always, ...productionProblems(settings)] : always
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
		...vaultMissing(settings),
	]
}

function baseUrlProblems(baseUrl: string | undefined): Problem[] {
	if (!baseUrl)
		return [{ setting: 'BASE_URL', reason: 'is missing; production needs its public https address' }]
	const { protocol, hostname } = new URL(baseUrl)
	if (protocol === 'https:' || LOCAL_HOSTS.has(hostname)) return []
	return [{ setting: 'BASE_URL', reason: 'must be https, unless the host is localhost or 127.0.0.1' }]
}

function databaseProblems(url: string | undefined): Problem[] {
	if (!url) return [{ setting: 'DATABASE_URL', reason: 'is missing; production does not start a database' }]
	const { hostname, password } = new URL(url)
	if (LOCAL_HOSTS.has(hostname) || !password || !isGuessable(decodeURIComponent(password), 5)) return []
	return [{ setting: 'DATABASE_URL', reason: 'has a password that is easy to guess' }]
}

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
