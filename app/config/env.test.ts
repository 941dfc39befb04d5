import { expect, test } from 'vitest'
import { InvalidEnvironment, parseEnv } from './env.server.ts'

const PRODUCTION = {
	NODE_ENV: 'production',
	BASE_URL: 'https://pay.tillhouse.test',
	DATABASE_URL: 'postgres://app:k3Jx9QvT2mZpL8wR@db.internal/tillhouse',
	STRIPE_SECRET_KEY: 'sk_live_abcdefgh12345678',
	STRIPE_PUBLISHABLE_KEY: 'pk_live_abcdefgh12345678',
	STRIPE_WEBHOOK_SECRET: 'whsec_abcdefgh12345678',
}

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
	expect(env.stripe).toMatchObject({
		secretKey: 'sk_test_sandbox_tillhouse',
		apiBase: 'http://127.0.0.1:4010',
	})
	expect(env.stripe.webhookSecrets).toEqual([])
	expect(env.http.baseUrl).toBe('http://localhost:3000')
})

test('what was parsed cannot be changed', () => {
	const env = parseEnv({})
	expect(Object.isFrozen(env)).toBe(true)
	expect(Object.isFrozen(env.stripe.webhookSecrets)).toBe(true)
})

test('a complete production environment has no sandbox', () => {
	const env = parseEnv({
		...PRODUCTION,
		TRUST_PROXY: '2',
		STRIPE_WEBHOOK_SECRET: 'whsec_abcdefgh12345678, whsec_12345678abcdefgh',
	})
	expect(env.sandbox).toBeNull()
	expect(env.http.trustProxy).toBe(2)
	expect(env.stripe.webhookSecrets).toHaveLength(2)
	expect(env.session.secureCookies).toBe(true)
})

test.each([
	['CARD_TESTING_LIMITS', { CARD_TESTING_LIMITS: '0' }],
	['CARD_TESTING_LIMITS', { CARD_TESTING_LIMITS: 'off' }],
	['DATABASE_URL', { DATABASE_URL: undefined }],
	['DATABASE_URL', { DATABASE_URL: 'mysql://root@db/tillhouse' }],
	['DATABASE_URL', { DATABASE_URL: 'postgres://app:postgres@db.internal/tillhouse' }],
	['BASE_URL', { BASE_URL: '' }],
	['BASE_URL', { BASE_URL: 'http://pay.tillhouse.test' }],
	['BASE_URL', { BASE_URL: 'https://pay.tillhouse.test/shop' }],
	['STRIPE_PUBLISHABLE_KEY', { STRIPE_PUBLISHABLE_KEY: undefined }],
	['STRIPE_SECRET_KEY', { STRIPE_SECRET_KEY: undefined }],
	['STRIPE_PUBLISHABLE_KEY', { STRIPE_PUBLISHABLE_KEY: 'pk_test_abcdefgh12345678' }],
	['STRIPE_SECRET_KEY', { STRIPE_SECRET_KEY: undefined, STRIPE_PUBLISHABLE_KEY: undefined }],
	['STRIPE_WEBHOOK_SECRET', { STRIPE_WEBHOOK_SECRET: 'abcdefgh12345678' }],
	['TRUST_PROXY', { TRUST_PROXY: 'everyone' }],
	['WORKER', { WORKER: 'sometimes' }],
])('production refuses %s: %o, and does not print it', (setting, changes) => {
	expect(refusedSettings(changes)).toContain(setting)
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
