import { describe, expect, test } from 'vitest'
import { InvalidEnvironment, parseEnv } from './env.server.ts'

const PRODUCTION = {
	NODE_ENV: 'production',
	BASE_URL: 'https://pay.tillhouse.test',
	DATABASE_URL: 'postgres://app:k3Jx9QvT2mZpL8wR@db.tillhouse.test/tillhouse?sslmode=verify-full',
	STRIPE_SECRET_KEY: 'sk_live_abcdefgh12345678',
	STRIPE_PUBLISHABLE_KEY: 'pk_live_abcdefgh12345678',
	STRIPE_WEBHOOK_SECRET: 'whsec_abcdefgh12345678',
	VAULT_KEYS: 'a:q8Z0v5tY1mXr7KcW3uLhJ9bPfNdSgA2eR4iTyQoUxk4=',
}

const DATABASE = 'postgres://app:k3Jx9QvT2mZpL8wR@db.tillhouse.test/tillhouse'
const PRIVATE_DATABASE = 'postgres://app:k3Jx9QvT2mZpL8wR@db.internal/tillhouse'

function refusedSettings(changes: Record<string, string | undefined>): string[] {
	try {
		parseEnv({ ...PRODUCTION, ...changes })
		return []
	} catch (error) {
		if (!(error instanceof InvalidEnvironment)) throw error
		for (const value of Object.values(changes)) if (value) expect(error.message).not.toContain(value)
		return error.problems.map(({ setting }) => setting)
	}
}

test('an empty environment is a development one on the sandbox', () => {
	const env = parseEnv({})
	expect(env.mode).toBe('development')
	expect(env.sandbox).toEqual({ url: 'http://127.0.0.1:4010' })
	expect(env.worlds.test.stripe).toMatchObject({
		secretKey: 'sk_test_sandbox_tillhouse',
		apiBase: 'http://127.0.0.1:4010',
	})
	expect(env.worlds.test.stripe.webhookSecrets).toEqual([])
	expect(env.http.baseUrl).toBe('http://localhost:3000')
})

const PAYPAL = { PAYPAL_CLIENT_ID: 'AbCdEfGh12345678', PAYPAL_CLIENT_SECRET: 'EfGhIjKl12345678' }

test('without any keys PayPal is played by the sandbox', () => {
	expect(parseEnv({}).worlds.test.paypal).toMatchObject({
		state: 'sandbox',
		apiBase: 'http://127.0.0.1:4010/paypal',
		clientId: 'sandbox_paypal_client',
		webhookId: 'WH-SANDBOX',
	})
})

test('with Stripe’s keys alone PayPal is off, and nothing of it points at the sandbox', () => {
	const { worlds, sandbox } = parseEnv(PRODUCTION)
	const { paypal } = worlds.live
	expect(paypal).toMatchObject({ state: 'missing_key', webhookId: null })
	expect(sandbox).toBeNull()
	expect(paypal.apiBase).toMatch(/^https:\/\/api-m\./)
})

test('with PayPal’s keys alone Stripe is off, and nothing of it points at the sandbox', () => {
	const { worlds, sandbox } = parseEnv({ ...PAYPAL, PAYPAL_ENVIRONMENT: 'live' })
	const { stripe, paypal } = worlds.live
	expect(stripe).toMatchObject({ state: 'missing_key', apiBase: null })
	expect(paypal).toMatchObject({ state: 'live', apiBase: 'https://api-m.paypal.com', webhookId: null })
	expect(sandbox).toBeNull()
})

test('PayPal’s own sandbox is test money', () => {
	const { test: forTests, live } = parseEnv({
		...PAYPAL,
		PAYPAL_WEBHOOK_ID: '8PT597110X687430LKGECATA',
	}).worlds
	expect(forTests.paypal).toMatchObject({
		state: 'test',
		apiBase: 'https://api-m.sandbox.paypal.com',
		webhookId: '8PT597110X687430LKGECATA',
	})
	expect(live.paypal.state).toBe('missing_key')
})

test('what was parsed cannot be changed', () => {
	const env = parseEnv({})
	expect(Object.isFrozen(env)).toBe(true)
	expect(Object.isFrozen(env.worlds.test.stripe.webhookSecrets)).toBe(true)
})

test('a complete production environment has no sandbox', () => {
	const env = parseEnv({
		...PRODUCTION,
		TRUST_PROXY: '2',
		STRIPE_WEBHOOK_SECRET: 'whsec_abcdefgh12345678, whsec_12345678abcdefgh',
	})
	expect(env.sandbox).toBeNull()
	expect(env.http.trustProxy).toBe(2)
	expect(env.worlds.live.stripe.webhookSecrets).toHaveLength(2)
	expect(env.session.secureCookies).toBe(true)
})

test.each([
	['CARD_TESTING_LIMITS', { CARD_TESTING_LIMITS: '0' }],
	['CARD_TESTING_LIMITS', { CARD_TESTING_LIMITS: 'off' }],
	['DATABASE_URL', { DATABASE_URL: undefined }],
	['DATABASE_URL', { DATABASE_URL: 'mysql://root@db/tillhouse' }],
	['DATABASE_URL', { DATABASE_URL: 'postgres://app:postgres@db.internal/tillhouse' }],
	['DATABASE_URL', { DATABASE_URL: `${DATABASE}` }],
	['DATABASE_URL', { DATABASE_URL: `${DATABASE}?sslmode=prefer` }],
	['DATABASE_URL', { DATABASE_URL: `${DATABASE}?sslmode=no-verify` }],
	['DATABASE_URL', { DATABASE_URL: `${DATABASE}?sslmode=disable` }],
	['DATABASE_URL', { DATABASE_URL: `${PRIVATE_DATABASE}` }],
	['BASE_URL', { BASE_URL: '' }],
	['BASE_URL', { BASE_URL: 'http://pay.tillhouse.test' }],
	['BASE_URL', { BASE_URL: 'https://pay.tillhouse.test/shop' }],
	['STRIPE_PUBLISHABLE_KEY', { STRIPE_PUBLISHABLE_KEY: undefined }],
	['STRIPE_SECRET_KEY', { STRIPE_SECRET_KEY: undefined }],
	['STRIPE_PUBLISHABLE_KEY', { STRIPE_PUBLISHABLE_KEY: 'pk_test_abcdefgh12345678' }],
	['STRIPE_SECRET_KEY', { STRIPE_SECRET_KEY: undefined, STRIPE_PUBLISHABLE_KEY: undefined }],
	['STRIPE_WEBHOOK_SECRET', { STRIPE_WEBHOOK_SECRET: 'abcdefgh12345678' }],
	['PAYPAL_CLIENT_SECRET', { PAYPAL_CLIENT_ID: 'AbCdEfGh12345678' }],
	['PAYPAL_CLIENT_ID', { PAYPAL_CLIENT_SECRET: 'EfGhIjKl12345678' }],
	['PAYPAL_CLIENT_ID', { ...PAYPAL, PAYPAL_CLIENT_ID: 'short' }],
	['PAYPAL_ENVIRONMENT', { ...PAYPAL, PAYPAL_ENVIRONMENT: 'production' }],
	['PAYPAL_ENVIRONMENT', { ...PAYPAL, PAYPAL_ENVIRONMENT: 'sandbox' }],
	['PAYPAL_WEBHOOK_ID', { ...PAYPAL, PAYPAL_ENVIRONMENT: 'live', PAYPAL_WEBHOOK_ID: 'a b' }],
	['VAULT_KEYS', { VAULT_KEYS: '' }],
	['VAULT_KEYS', { VAULT_KEYS: 'a:c2hvcnQ=' }],
	['VAULT_KEYS', { VAULT_KEYS: PRODUCTION.VAULT_KEYS.slice(2) }],
	['VAULT_KEYS', { VAULT_KEYS: `${PRODUCTION.VAULT_KEYS},b:${PRODUCTION.VAULT_KEYS.slice(2)}` }],
	['VAULT_KEYS', { VAULT_KEYS: `${PRODUCTION.VAULT_KEYS},${PRODUCTION.VAULT_KEYS}` }],
	['VAULT_KEYS', { VAULT_KEYS: `a:${Buffer.alloc(32, 'ab').toString('base64')}` }],
	['VAULT_KEYS', { VAULT_KEYS: `a:${Buffer.from('thisisthesecretkeyofourtillhouse').toString('base64')}` }],
	['TRUST_PROXY', { TRUST_PROXY: 'everyone' }],
	['WORKER', { WORKER: 'sometimes' }],
	['FX_RATES_URL', { FX_RATES_URL: 'http://rates.tillhouse.test/daily.xml' }],
	['FX_RATES_URL', { FX_RATES_URL: 'http://127.0.0.1.tillhouse.test/daily.xml' }],
	['FX_RATES_URL', { FX_RATES_URL: 'file:///etc/passwd' }],
])('production refuses %s: %o, and does not print it', (setting, changes) => {
	expect(refusedSettings(changes)).toContain(setting)
})

test('test keys of one gateway beside live keys of the other are refused everywhere', () => {
	const stripeTest = {
		STRIPE_SECRET_KEY: 'sk_test_abcdefgh12345678',
		STRIPE_PUBLISHABLE_KEY: 'pk_test_abcdefgh12345678',
	}
	expect(refusedSettings({ NODE_ENV: 'development', ...PAYPAL })).toEqual(['PAYPAL_ENVIRONMENT'])
	expect(refusedSettings({ ...stripeTest, ...PAYPAL, PAYPAL_ENVIRONMENT: 'live' })).toEqual([
		'PAYPAL_ENVIRONMENT',
	])
	expect(refusedSettings({ ...stripeTest, ...PAYPAL })).toEqual([])
	expect(refusedSettings({ ...PAYPAL, PAYPAL_ENVIRONMENT: 'live' })).toEqual([])
})

test('production may run on PayPal alone', () => {
	const without = { STRIPE_SECRET_KEY: undefined, STRIPE_PUBLISHABLE_KEY: undefined }
	expect(refusedSettings({ ...without, ...PAYPAL, PAYPAL_ENVIRONMENT: 'live' })).toEqual([])
})

test('the database is reached by TLS, or plainly in a private network that was said to be one', () => {
	for (const mode of ['verify-full', 'verify-ca', 'require'])
		expect(refusedSettings({ DATABASE_URL: `${DATABASE}?sslmode=${mode}` })).toEqual([])
	expect(refusedSettings({ DATABASE_URL: `${PRIVATE_DATABASE}?sslmode=disable` })).toEqual([])
	expect(refusedSettings({ DATABASE_URL: 'postgres://app:k3Jx9QvT2mZpL8wR@127.0.0.1/tillhouse' })).toEqual([])
})

test('a mail server of another machine must speak TLS in production', () => {
	const MAIL_FROM = 'Tillhouse <pay@tillhouse.test>'
	const mailOf = (SMTP_URL: string, base: object = PRODUCTION) =>
		parseEnv({ ...base, SMTP_URL, MAIL_FROM }).mail
	expect(mailOf('smtp://mail.tillhouse.test')).toMatchObject({ requiresTls: true })
	expect(mailOf('smtps://mail.tillhouse.test')).toMatchObject({ requiresTls: true })
	expect(mailOf('smtp://127.0.0.1:1025')).toMatchObject({ requiresTls: false })
	expect(mailOf('smtp://mail.tillhouse.test', {})).toMatchObject({ requiresTls: false })
})

test('the sample shop is closed in production unless it is asked for', () => {
	expect(parseEnv(PRODUCTION).hasShop).toBe(false)
	expect(parseEnv({ ...PRODUCTION, SAMPLE_SHOP: '1' }).hasShop).toBe(true)
	expect(parseEnv({}).hasShop).toBe(true)
})

test('production may run on localhost without https, and on the sandbox when told so', () => {
	expect(
		refusedSettings({
			BASE_URL: 'http://localhost:3000',
			STRIPE_SECRET_KEY: undefined,
			STRIPE_PUBLISHABLE_KEY: undefined,
			ALLOW_SANDBOX: '1',
		}),
	).toEqual([])
})

test('mail goes to the server that is set, else stays in the house of a developer or a demo, and else goes nowhere', () => {
	const SMTP = { SMTP_URL: 'smtps://user:pw@mail.test', MAIL_FROM: 'Tillhouse <pay@tillhouse.test>' }
	expect(parseEnv({ ...PRODUCTION, ...SMTP }).mail).toMatchObject({ kind: 'smtp' })
	expect(parseEnv({}).mail).toEqual({ kind: 'local' })
	expect(parseEnv(PRODUCTION).mail).toEqual({ kind: 'none' })
	expect(parseEnv({ ...PRODUCTION, DEMO: '1' }).mail).toEqual({ kind: 'none' })
	expect(refusedSettings({ SMTP_URL: SMTP.SMTP_URL })).toEqual(['MAIL_FROM'])
})

describe('signing in with Google', () => {
	const GOOGLE = {
		GOOGLE_CLIENT_ID: 'a-client.apps.googleusercontent.com',
		GOOGLE_CLIENT_SECRET: 'GOCSPX-of-tests',
	}

	test('is played by the sandbox where there are no keys, in the demo too', () => {
		const standIn = { issuer: 'http://127.0.0.1:4010/google', isStandIn: true }
		expect(parseEnv({}).google).toMatchObject(standIn)
		const demo = {
			...PRODUCTION,
			STRIPE_SECRET_KEY: undefined,
			STRIPE_PUBLISHABLE_KEY: undefined,
			ALLOW_SANDBOX: '1',
		}
		expect(parseEnv({ ...demo, DEMO: '1' }).google).toMatchObject(standIn)
		expect(parseEnv(demo).google).toBeNull()
	})

	test('is not offered in a production without keys, and is Google’s with them', () => {
		expect(parseEnv(PRODUCTION).google).toBeNull()
		expect(parseEnv({ ...PRODUCTION, DEMO: '1' }).google, 'nor where real money moves').toBeNull()
		expect(parseEnv({ ...PRODUCTION, ...GOOGLE }).google).toMatchObject({
			issuer: 'https://accounts.google.com',
			isStandIn: false,
		})
	})

	test('needs both keys, and in production nobody else’s word', () => {
		expect(refusedSettings({ GOOGLE_CLIENT_ID: GOOGLE.GOOGLE_CLIENT_ID })).toEqual(['GOOGLE_CLIENT_SECRET'])
		expect(refusedSettings({ GOOGLE_CLIENT_SECRET: GOOGLE.GOOGLE_CLIENT_SECRET })).toEqual([
			'GOOGLE_CLIENT_ID',
		])
		expect(refusedSettings({ ...GOOGLE, GOOGLE_ISSUER: 'https://issuer.test' })).toEqual(['GOOGLE_ISSUER'])
	})
})

describe('live keys beside test keys', () => {
	const TEST = {
		STRIPE_SECRET_KEY: 'sk_test_abcdefgh12345678',
		STRIPE_PUBLISHABLE_KEY: 'pk_test_abcdefgh12345678',
		STRIPE_WEBHOOK_SECRET: 'whsec_for_tests_0123456789',
	}
	const LIVE = {
		STRIPE_LIVE_SECRET_KEY: 'sk_live_abcdefgh12345678',
		STRIPE_LIVE_PUBLISHABLE_KEY: 'pk_live_abcdefgh12345678',
		STRIPE_LIVE_WEBHOOK_SECRET: 'whsec_for_live_0123456789',
	}

	test('go to their own world, each with its secrets', () => {
		const { worlds, sandbox } = parseEnv({ ...TEST, ...LIVE })
		expect(worlds.test.stripe).toMatchObject({ state: 'test', secretKey: TEST.STRIPE_SECRET_KEY })
		expect(worlds.live.stripe).toMatchObject({ state: 'live', secretKey: LIVE.STRIPE_LIVE_SECRET_KEY })
		expect(worlds.test.stripe.webhookSecrets).toEqual([TEST.STRIPE_WEBHOOK_SECRET])
		expect(worlds.live.stripe.webhookSecrets).toEqual([LIVE.STRIPE_LIVE_WEBHOOK_SECRET])
		expect(sandbox).toBeNull()
	})

	test('leave the test world to the sandbox where production does not forbid it', () => {
		expect(parseEnv(LIVE).worlds.test.stripe.state).toBe('sandbox')
		expect(parseEnv(LIVE).worlds.live.paypal.state).toBe('missing_key')
		const { STRIPE_SECRET_KEY: _, STRIPE_PUBLISHABLE_KEY: __, ...production } = PRODUCTION
		const { worlds } = parseEnv({ ...production, ...LIVE })
		expect([worlds.test.stripe.state, worlds.live.stripe.state]).toEqual(['missing_key', 'live'])
	})

	test.each([
		['a live key where a test key belongs', { ...LIVE }, 'STRIPE_SECRET_KEY'],
		[
			'a test key where a live key belongs',
			{ ...TEST, ...LIVE, STRIPE_LIVE_SECRET_KEY: 'sk_test_abcdefgh87654321' },
			'STRIPE_LIVE_SECRET_KEY',
		],
		[
			'half a pair',
			{ ...TEST, ...LIVE, STRIPE_LIVE_PUBLISHABLE_KEY: undefined },
			'STRIPE_LIVE_PUBLISHABLE_KEY',
		],
		[
			'one webhook secret for both',
			{ ...TEST, ...LIVE, STRIPE_LIVE_WEBHOOK_SECRET: TEST.STRIPE_WEBHOOK_SECRET },
			'STRIPE_LIVE_WEBHOOK_SECRET',
		],
		[
			'a live PayPal app beside another',
			{
				...TEST,
				...PAYPAL,
				PAYPAL_ENVIRONMENT: 'live',
				PAYPAL_LIVE_CLIENT_ID: 'AbCdEfGh87654321',
				PAYPAL_LIVE_CLIENT_SECRET: 'EfGhIjKl87654321',
			},
			'PAYPAL_ENVIRONMENT',
		],
		['limits that are off', { ...TEST, ...LIVE, CARD_TESTING_LIMITS: '0' }, 'CARD_TESTING_LIMITS'],
	])('are refused with %s', (_, changes, setting) => {
		try {
			parseEnv({ ...PRODUCTION, ...changes })
			expect.unreachable()
		} catch (error) {
			if (!(error instanceof InvalidEnvironment)) throw error
			expect(error.problems.map((problem) => problem.setting)).toContain(setting)
		}
	})
})
