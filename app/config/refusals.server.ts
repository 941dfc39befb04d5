import type { Problem, Settings } from './settings.server.ts'

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1'])
export const isLocalHost = (hostname: string): boolean => LOCAL_HOSTS.has(hostname)

const WELL_KNOWN = /change.?me|example|password|secret|default|12345|postgres/i

/** Nothing here may print a value: the text ends in logs. */
export function refusals(settings: Settings): Problem[] {
	const always = [
		...stripeKeyProblems(settings),
		...paypalKeyProblems(settings),
		...modeProblems(settings),
		...googleProblems(settings),
		...limitProblems(settings),
		...mailProblems(settings),
		...vaultProblems(settings),
	]
	return settings.NODE_ENV === 'production' ? [...always, ...productionProblems(settings)] : always
}

function stripeKeyProblems({
	STRIPE_SECRET_KEY: secret,
	STRIPE_PUBLISHABLE_KEY: publishable,
}: Settings): Problem[] {
	if (secret && !publishable) {
		return [{ setting: 'STRIPE_PUBLISHABLE_KEY', reason: 'is missing, but STRIPE_SECRET_KEY is set' }]
	}
	if (publishable && !secret) {
		return [{ setting: 'STRIPE_SECRET_KEY', reason: 'is missing, but STRIPE_PUBLISHABLE_KEY is set' }]
	}
	if (secret && publishable && isLive(secret) !== isLive(publishable)) {
		return [
			{
				setting: 'STRIPE_PUBLISHABLE_KEY',
				reason: 'is of another mode than STRIPE_SECRET_KEY (test and live)',
			},
		]
	}
	return []
}

function paypalKeyProblems({ PAYPAL_CLIENT_ID: id, PAYPAL_CLIENT_SECRET: secret }: Settings): Problem[] {
	if (id && !secret) {
		return [{ setting: 'PAYPAL_CLIENT_SECRET', reason: 'is missing, but PAYPAL_CLIENT_ID is set' }]
	}
	if (secret && !id) {
		return [{ setting: 'PAYPAL_CLIENT_ID', reason: 'is missing, but PAYPAL_CLIENT_SECRET is set' }]
	}
	return []
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

/** One payment may go through any of the gateways: they must all move real money, or none. */
function modeProblems({
	STRIPE_SECRET_KEY: stripe,
	PAYPAL_CLIENT_ID: paypal,
	PAYPAL_ENVIRONMENT: environment,
}: Settings): Problem[] {
	if (!stripe || !paypal || isLive(stripe) === (environment === 'live')) return []
	return [
		{
			setting: 'PAYPAL_ENVIRONMENT',
			reason: 'moves other money than STRIPE_SECRET_KEY: one of the two is for tests only',
		},
	]
}

/** Tries with real cards are counted, or whoever found a list of stolen ones tries them here. */
function limitProblems({
	CARD_TESTING_LIMITS: counted,
	STRIPE_SECRET_KEY: stripe,
	PAYPAL_CLIENT_ID: paypal,
	PAYPAL_ENVIRONMENT: environment,
}: Settings): Problem[] {
	const movesMoney = (stripe && isLive(stripe)) || (paypal && environment === 'live')
	if (counted || !movesMoney) return []
	return [
		{
			setting: 'CARD_TESTING_LIMITS',
			reason: 'cannot be switched off with live keys, or stolen cards are tried here',
		},
	]
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

const isLive = (key: string) => key.includes('_live_')

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
	if (settings.STRIPE_SECRET_KEY || settings.PAYPAL_CLIENT_ID || settings.ALLOW_SANDBOX) return []
	return [
		{
			setting: 'STRIPE_SECRET_KEY',
			reason: 'is missing, so payments would go to the sandbox; ALLOW_SANDBOX=1 permits that for demos',
		},
	]
}
