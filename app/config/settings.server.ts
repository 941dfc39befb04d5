import { z } from 'zod'

declare module 'zod' {
	interface GlobalMeta {
		group?: string
	}
}

const STRIPE_SECRET = /^(sk|rk)_(test|live)_\w{8,}$/
const STRIPE_LIVE_SECRET = /^(sk|rk)_live_\w{8,}$/
const STRIPE_LIVE_PUBLISHABLE = /^pk_live_\w{8,}$/
const STRIPE_PUBLISHABLE = /^pk_(test|live)_\w{8,}$/
const PAYPAL_CREDENTIAL = /^[\w-]{16,128}$/
const PAYPAL_WEBHOOK = /^[\w-]{8,64}$/
const WEBHOOK_SECRET = /^whsec_[\w+/=-]{16,}$/

const flag = z
	.enum(['0', '1'])
	.default('0')
	.transform((value) => value === '1')
const port = z.coerce.number().int().min(0).max(65_535)
const poolSize = z.coerce.number().int().min(1).max(100)
const gatewayTimeout = z.coerce.number().int().min(500).max(60_000)
const httpUrl = z.url({ protocol: /^https?$/ })

/** Whoever could change the file on its way could set our prices. */
const ratesUrl = z.union([
	z.literal('off'),
	httpUrl.refine(
		(value) => /^https:|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(value),
		'must be https',
	),
])

const origin = httpUrl
	.refine((value) => new URL(value).pathname === '/', 'must not have a path')
	.transform((value) => new URL(value).origin)

const trustProxy = z
	.union([z.enum(['none', 'fly']), z.coerce.number().int().min(1).max(10)], {
		error: 'must be none, fly, or the number of proxies in front (1 to 10)',
	})
	.default('none')

const webhookSecrets = z
	.string()
	.default('')
	.transform((list) =>
		list
			.split(',')
			.map((secret) => secret.trim())
			.filter(Boolean),
	)
	.refine((secrets) => secrets.every((secret) => WEBHOOK_SECRET.test(secret)), 'every entry must be whsec_…')

/** 256 bits, in either spelling of base64. */
const VAULT_KEY = /^([a-z0-9-]{1,32}):([\w+/-]{43}=?)$/

const vaultKeys = z
	.string()
	.default('')
	.transform((list) =>
		list
			.split(',')
			.map((entry) => entry.trim())
			.filter(Boolean),
	)
	.refine(
		(entries) => entries.every((entry) => VAULT_KEY.test(entry)),
		'every entry must be name:32 bytes in base64',
	)
	.transform((entries) =>
		entries.map((entry) => {
			const [, id = '', key = ''] = VAULT_KEY.exec(entry) ?? []
			return { id, key: Buffer.from(key, 'base64').toString('base64url') }
		}),
	)

/** Every environment variable the app reads, in the order of .env.example. */
export const Settings = z.object({
	NODE_ENV: z.enum(['production', 'development', 'test']).default('development').meta({
		group: 'App',
		description: 'production refuses to start on unsafe settings.',
	}),
	DEMO: flag.meta({ description: '1 shows the demo log-in on the log-in page.' }),
	SAMPLE_SHOP: flag.meta({
		description: '1 serves the sample shop at /shop in production; demos and development have it.',
	}),
	LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').meta({
		description: 'debug, info, warn, error or silent.',
	}),
	WORKER: z.enum(['inline', 'off', 'only']).default('inline').meta({
		description: 'inline runs web and jobs in one process; off is web only, only is jobs only.',
	}),

	HOST: z.string().default('127.0.0.1').meta({
		group: 'HTTP',
		description: 'Address to listen on. Containers need 0.0.0.0.',
	}),
	PORT: port.default(3000).meta({ description: 'Port to listen on.' }),
	BASE_URL: origin.optional().meta({
		description:
			'Public origin; production needs https unless it is localhost. Default http://localhost:PORT.',
	}),
	TRUST_PROXY: trustProxy.meta({
		description: 'Who may name the client address: none, fly, or the number of proxies in front.',
	}),

	DATABASE_URL: z
		.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' })
		.optional()
		.meta({
			group: 'Database',
			description: 'Direct, not through a pooler: LISTEN needs it. Unset in development: a local PostgreSQL.',
		}),
	WEB_POOL_SIZE: poolSize.default(10).meta({
		description: 'Connections for requests, and as many again for what serves many merchants at once.',
	}),
	JOBS_POOL_SIZE: poolSize.default(8).meta({ description: 'Connections for jobs.' }),

	VAULT_KEYS: vaultKeys.meta({
		group: 'Secrets at rest',
		description:
			'name:key, comma-separated, the first is current; make one with: openssl rand -base64 32. Production needs one.',
	}),

	CARD_TESTING_LIMITS: z
		.enum(['0', '1'])
		.default('1')
		.transform((value) => value === '1')
		.meta({
			group: 'Protection',
			description: '0 counts no tries to pay, for load tools. Refused where real money moves.',
		}),
	API_RATE_LIMITS: z
		.enum(['0', '1'])
		.default('1')
		.transform((value) => value === '1')
		.meta({ description: '0 counts no API requests, for load tools.' }),
	APPLE_PAY_DOMAIN_FILE: z.string().optional().meta({
		description: 'File from Stripe that shows Apple Pay this domain is yours; at most 64 kB.',
	}),

	STRIPE_SECRET_KEY: z.string().regex(STRIPE_SECRET, 'must be sk_test_… or sk_live_…').optional().meta({
		group: 'Stripe (without any gateway’s keys, payments go to the sandbox)',
		description:
			'sk_test_…, or a restricted rk_… key. A live key here serves live mode, and test mode has none.',
	}),
	STRIPE_PUBLISHABLE_KEY: z
		.string()
		.regex(STRIPE_PUBLISHABLE, 'must be pk_test_… or pk_live_…')
		.optional()
		.meta({ description: 'pk_test_… or pk_live_…, of the same mode as the secret key.' }),
	STRIPE_WEBHOOK_SECRET: webhookSecrets.meta({
		description: 'whsec_…; several, comma-separated, while one is replaced. Empty switches the endpoint off.',
	}),
	STRIPE_LIVE_SECRET_KEY: z
		.string()
		.regex(STRIPE_LIVE_SECRET, 'must be sk_live_… or rk_live_…')
		.optional()
		.meta({ description: 'sk_live_…, for live mode beside the test keys above.' }),
	STRIPE_LIVE_PUBLISHABLE_KEY: z
		.string()
		.regex(STRIPE_LIVE_PUBLISHABLE, 'must be pk_live_…')
		.optional()
		.meta({ description: 'pk_live_…, of the same account.' }),
	STRIPE_LIVE_WEBHOOK_SECRET: webhookSecrets.meta({
		description:
			'whsec_… of the endpoint for live messages, at the same address as the one for test messages.',
	}),
	STRIPE_API_BASE: httpUrl.optional().meta({ description: 'Another address for Stripe, for tests.' }),
	GATEWAY_TIMEOUT_MS: gatewayTimeout.default(20_000).meta({
		description: 'Longest wait for one answer; past it the outcome is unknown and is asked for later.',
	}),

	PAYPAL_CLIENT_ID: z
		.string()
		.regex(PAYPAL_CREDENTIAL, 'must be the client id of a REST app')
		.optional()
		.meta({
			group: 'PayPal (without any gateway’s keys, payments go to the sandbox)',
			description: 'Client id of the REST app in the developer dashboard.',
		}),
	PAYPAL_CLIENT_SECRET: z
		.string()
		.regex(PAYPAL_CREDENTIAL, 'must be the secret of a REST app')
		.optional()
		.meta({ description: 'Secret of the same app.' }),
	PAYPAL_ENVIRONMENT: z.enum(['sandbox', 'live']).default('sandbox').meta({
		description: 'sandbox or live: where the app was made. A live app here serves live mode.',
	}),
	PAYPAL_WEBHOOK_ID: z
		.string()
		.regex(PAYPAL_WEBHOOK, 'must be the id PayPal gave the webhook')
		.optional()
		.meta({ description: 'Id PayPal gave the webhook. Empty switches the endpoint off.' }),
	PAYPAL_LIVE_CLIENT_ID: z
		.string()
		.regex(PAYPAL_CREDENTIAL, 'must be the client id of a live REST app')
		.optional()
		.meta({ description: 'Client id of the live app, for live mode beside the sandbox app above.' }),
	PAYPAL_LIVE_CLIENT_SECRET: z
		.string()
		.regex(PAYPAL_CREDENTIAL, 'must be the secret of a live REST app')
		.optional()
		.meta({ description: 'Secret of the live app.' }),
	PAYPAL_LIVE_WEBHOOK_ID: z
		.string()
		.regex(PAYPAL_WEBHOOK, 'must be the id PayPal gave the webhook')
		.optional()
		.meta({ description: 'Id PayPal gave the webhook of the live app.' }),
	PAYPAL_BRAND_NAME: z
		.string()
		.max(127)
		.optional()
		.meta({ description: 'Name payers read at PayPal. Default: the name of the PayPal account.' }),
	PAYPAL_API_BASE: httpUrl.optional().meta({ description: 'Another address for PayPal, for tests.' }),

	SMTP_URL: z
		.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' })
		.optional()
		.meta({
			group: 'E-mail',
			description: 'smtps://user:password@host. Unset in development: mail is kept and shown at /dev/mail.',
		}),
	MAIL_FROM: z
		.string()
		.regex(/^[^\r\n]{1,200}$/, 'must be one line')
		.optional()
		.meta({ description: 'Who mail is from: Name <address>.' }),

	GOOGLE_CLIENT_ID: z
		.string()
		.regex(/^[\w.-]{10,128}$/, 'must be the client id of an OAuth client')
		.optional()
		.meta({
			group: 'Signing in with Google (without keys the sandbox stands in, except in production)',
			description: '….apps.googleusercontent.com; its redirect address is BASE_URL/login/google/callback.',
		}),
	GOOGLE_CLIENT_SECRET: z
		.string()
		.regex(/^[\w-]{10,128}$/, 'must be the secret of an OAuth client')
		.optional()
		.meta({ description: 'Secret of the same client.' }),
	GOOGLE_ISSUER: httpUrl
		.optional()
		.meta({ description: 'Another issuer than Google, for tests. Refused in production.' }),

	FX_RATES_URL: ratesUrl.default('https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml').meta({
		group: 'Exchange rates',
		description:
			'The ECB’s daily file, read four times a day, or off: then quotes end when the rates are old.',
	}),

	SANDBOX_URL: origin.default('http://127.0.0.1:4010').meta({
		group: 'Sandbox gateway',
		description: 'Where the sandbox that stands in for the gateways listens.',
	}),
	ALLOW_SANDBOX: flag.meta({ description: '1 lets production run on the sandbox, for demos.' }),
})

export type Settings = z.output<typeof Settings>
export type SettingName = keyof Settings
export type Problem = { setting: SettingName; reason: string }
