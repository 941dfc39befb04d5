import { isLocalHost, refusals } from './refusals.server.ts'
import { Settings, type Problem, type SettingName } from './settings.server.ts'
import { isConnected, worldOf } from './worlds.server.ts'

const GOOGLE_ISSUER = 'https://accounts.google.com'
const SANDBOX_GOOGLE = { clientId: 'sandbox_google_client', clientSecret: 'sandbox_google_secret' }

export type Env = ReturnType<typeof parseEnv>

export class InvalidEnvironment extends Error {
	readonly problems: readonly Problem[]

	constructor(problems: readonly Problem[]) {
		super(['The settings are not valid:', ...problems.map((p) => `  ${p.setting} ${p.reason}`)].join('\n'))
		this.name = 'InvalidEnvironment'
		this.problems = problems
	}
}

/** Reads every setting once, at start; throws InvalidEnvironment with one line per bad setting. */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>) {
	const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
	const parsed = Settings.safeParse(given)
	if (!parsed.success) {
		throw new InvalidEnvironment(
			parsed.error.issues.map(({ path, message }) => ({
				setting: path[0] as SettingName,
				reason: `is not valid: ${message}`,
			})),
		)
	}
	const problems = refusals(parsed.data)
	if (problems.length > 0) throw new InvalidEnvironment(problems)
	return deepFreeze(grouped(parsed.data))
}

/** The environment of this process, with .env filling what is not set. */
export function readEnv(): Env {
	loadDotEnv()
	return parseEnv(process.env)
}

export function loadDotEnv(): void {
	try {
		process.loadEnvFile()
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
	}
}

/** `local` keeps mail in our own database, where the page /dev/mail shows it: for machines without real people or money. */
function mailOf({ SMTP_URL: smtpUrl, MAIL_FROM: from, NODE_ENV, DEMO }: Settings, movesRealMoney: boolean) {
	if (smtpUrl !== undefined) {
		const requiresTls = NODE_ENV === 'production' && !isLocalHost(new URL(smtpUrl).hostname)
		return { kind: 'smtp' as const, smtpUrl, from: from ?? '', requiresTls }
	}
	const isLocal = !movesRealMoney && (NODE_ENV !== 'production' || DEMO)
	return { kind: isLocal ? ('local' as const) : ('none' as const) }
}

/** Null where nobody can sign in with Google: a production without keys, unless it is a demo on the sandbox. */
function googleOf(settings: Settings, mayStandIn: boolean) {
	const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = settings
	if (clientId !== undefined && clientSecret !== undefined)
		return { issuer: settings.GOOGLE_ISSUER ?? GOOGLE_ISSUER, clientId, clientSecret, isStandIn: false }
	if (!mayStandIn || (settings.NODE_ENV === 'production' && !settings.DEMO)) return null
	return { issuer: `${settings.SANDBOX_URL}/google`, ...SANDBOX_GOOGLE, isStandIn: true }
}

function grouped(settings: Settings) {
	const baseUrl = settings.BASE_URL ?? `http://localhost:${settings.PORT}`
	const worlds = { test: worldOf(settings, 'test'), live: worldOf(settings, 'live') }
	const movesRealMoney = isConnected(worlds.live)
	return {
		mode: settings.NODE_ENV,
		demo: settings.DEMO,
		hasShop: settings.NODE_ENV !== 'production' || settings.DEMO || settings.SAMPLE_SHOP,
		worker: settings.WORKER,
		log: { level: settings.LOG_LEVEL },
		http: { host: settings.HOST, port: settings.PORT, baseUrl, trustProxy: settings.TRUST_PROXY },
		session: { secureCookies: baseUrl.startsWith('https:') },
		/** The first is current. Empty only outside production: then no secret can be kept. */
		vault: { keys: settings.VAULT_KEYS },
		cardTestingLimits: settings.CARD_TESTING_LIMITS,
		apiRateLimits: settings.API_RATE_LIMITS,
		applePayDomainFile: settings.APPLE_PAY_DOMAIN_FILE ?? null,
		database: {
			url: settings.DATABASE_URL ?? '',
			webPoolSize: settings.WEB_POOL_SIZE,
			jobsPoolSize: settings.JOBS_POOL_SIZE,
		},
		/** How the gateways are reached with test money and with real money. */
		worlds,
		mail: mailOf(settings, movesRealMoney),
		google: googleOf(settings, worlds.test.sandbox !== null && !movesRealMoney),
		/** Where the exchange rates come from; null when they are never refreshed. */
		fx: { ratesUrl: settings.FX_RATES_URL === 'off' ? null : settings.FX_RATES_URL },
		/** Null when test keys are set, or where nothing may point at the sandbox. */
		sandbox: worlds.test.sandbox,
	}
}

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T

function deepFreeze<T>(value: T): DeepReadonly<T> {
	if (typeof value === 'object' && value !== null) {
		Object.values(value).forEach(deepFreeze)
		Object.freeze(value)
	}
	return value as DeepReadonly<T>
}
