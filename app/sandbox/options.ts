export interface SandboxOptions {
	port: number
	host: string
	/** Where browsers reach the sandbox, if that differs from where it listens. */
	publicUrl: string | undefined
	/** Where the books are kept, or `memory`. */
	folder: string
	secretKey: string
	publishableKey: string
	webhookUrl: string | undefined
	webhookSecret: string
	webhookEvents: string[]
	paypalClientId: string
	paypalSecret: string
	paypalWebhookUrl: string | undefined
	/** Part of what is signed: PayPal gives every webhook address an id of its own. */
	paypalWebhookId: string
	googleClientId: string
	googleSecret: string
	latencyMs: number
	/** How many times shorter than at Stripe the sandbox's own waits are: retries, disputes, refunds. */
	clockFactor: number
}

export const DEFAULTS: SandboxOptions = {
	port: 4010,
	host: '127.0.0.1',
	publicUrl: undefined,
	folder: '.data/sandbox',
	secretKey: 'sk_test_sandbox_tillhouse',
	publishableKey: 'pk_test_sandbox_tillhouse',
	webhookUrl: undefined,
	webhookSecret: 'whsec_sandbox_tillhouse',
	webhookEvents: ['*'],
	paypalClientId: 'sandbox_paypal_client',
	paypalSecret: 'sandbox_paypal_secret',
	paypalWebhookUrl: undefined,
	paypalWebhookId: 'WH-SANDBOX',
	googleClientId: 'sandbox_google_client',
	googleSecret: 'sandbox_google_secret',
	latencyMs: 0,
	clockFactor: 600,
}

type Environment = Record<string, string | undefined>

export function readOptions(env: Environment): SandboxOptions {
	if (env['NODE_ENV'] === 'production' && env['ALLOW_SANDBOX'] !== '1') {
		throw new Error('The sandbox takes no real money: in production it starts only with ALLOW_SANDBOX=1')
	}
	return {
		port: number(env, 'SANDBOX_PORT', DEFAULTS.port),
		host: text(env, 'SANDBOX_HOST') ?? DEFAULTS.host,
		publicUrl: text(env, 'SANDBOX_PUBLIC_URL'),
		folder: text(env, 'SANDBOX_DATA') ?? DEFAULTS.folder,
		...readKeys(env),
		...readPayPal(env),
		googleClientId: text(env, 'SANDBOX_GOOGLE_CLIENT_ID') ?? DEFAULTS.googleClientId,
		googleSecret: text(env, 'SANDBOX_GOOGLE_SECRET') ?? DEFAULTS.googleSecret,
		webhookUrl: text(env, 'SANDBOX_WEBHOOK_URL'),
		webhookEvents: text(env, 'SANDBOX_WEBHOOK_EVENTS')?.split(',') ?? DEFAULTS.webhookEvents,
		latencyMs: number(env, 'SANDBOX_LATENCY_MS', DEFAULTS.latencyMs),
		clockFactor: number(env, 'SANDBOX_CLOCK_FACTOR', DEFAULTS.clockFactor),
	}
}

const readKeys = (env: Environment) => ({
	secretKey: text(env, 'SANDBOX_SECRET_KEY') ?? DEFAULTS.secretKey,
	publishableKey: text(env, 'SANDBOX_PUBLISHABLE_KEY') ?? DEFAULTS.publishableKey,
	webhookSecret: text(env, 'SANDBOX_WEBHOOK_SECRET') ?? DEFAULTS.webhookSecret,
})

const readPayPal = (env: Environment) => ({
	paypalClientId: text(env, 'SANDBOX_PAYPAL_CLIENT_ID') ?? DEFAULTS.paypalClientId,
	paypalSecret: text(env, 'SANDBOX_PAYPAL_SECRET') ?? DEFAULTS.paypalSecret,
	paypalWebhookUrl: text(env, 'SANDBOX_PAYPAL_WEBHOOK_URL'),
	paypalWebhookId: text(env, 'SANDBOX_PAYPAL_WEBHOOK_ID') ?? DEFAULTS.paypalWebhookId,
})

/** An empty variable counts as unset. */
const text = (env: Environment, name: string): string | undefined => env[name] || undefined

function number(env: Environment, name: string, fallback: number): number {
	const value = Number(env[name] || fallback)
	if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number, not "${env[name]}"`)
	return value
}
