import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js'
import { Severity } from 'csp_evaluator/dist/finding.js'
import { CspParser } from 'csp_evaluator/dist/parser.js'
import express from 'express'
import { afterEach, describe, expect, test } from 'vitest'
import { routes } from '../../remix.config.js'
import { parseEnv } from '../config/env.server.ts'
import { answerHeaders, pageHeaders } from './security-headers.ts'

const STRIPE = {
	STRIPE_SECRET_KEY: 'sk_test_abcdefgh12345678',
	STRIPE_PUBLISHABLE_KEY: 'pk_test_abcdefgh12345678',
}
const PAYPAL = { PAYPAL_CLIENT_ID: 'a-client-of-paypal', PAYPAL_CLIENT_SECRET: 'a-secret-of-paypal' }
const INSTALLATIONS = {
	sandbox: { SANDBOX_URL: 'https://sandbox.tillhouse.test' },
	stripe: STRIPE,
	paypal: PAYPAL,
	both: { ...STRIPE, ...PAYPAL },
}

type Define = (path: string, file: string, ...rest: unknown[]) => void

/** Every page of the URL map, with something in the place of each id. */
function pages(): string[] {
	const found: string[] = []
	const under =
		(base: string): Define =>
		(path, file, ...rest) => {
			const whole = `${base}/${path}`.replaceAll(/\/+/g, '/').replaceAll(/:\w+/g, 'some_id')
			if (file.endsWith('.tsx')) found.push(whole)
			const children = rest.find((one) => typeof one === 'function')
			if (!children) return
			current = under(whole)
			;(children as () => void)()
			current = under('')
		}
	let current = under('')
	routes((define: (route: Define) => void) => {
		define((...args) => current(...args))
		return {}
	})
	return found
}

let server: Server | undefined
afterEach(async () => {
	server?.closeAllConnections()
	if (server) await once(server.close(), 'close')
})

async function headersOf(settings: Record<string, string>, paths: readonly string[]) {
	const env = parseEnv({ NODE_ENV: 'test', BASE_URL: 'https://pay.tillhouse.test', ...settings })
	const app = express()
	app.use(answerHeaders(env), pageHeaders(env))
	app.use((_req, res) => void res.send('a page'))
	server = createServer(app).listen(0, '127.0.0.1')
	await once(server, 'listening')
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
	return Promise.all(paths.map(async (path) => ({ path, headers: (await fetch(origin + path)).headers })))
}

const policyOf = (headers: Headers): string => headers.get('content-security-policy') ?? ''

describe.each(Object.entries(INSTALLATIONS))('with the keys of %s', (_name, settings) => {
	test('no policy of any page has a high or medium finding', async () => {
		const answers = await headersOf(settings, pages())
		expect(answers.length).toBeGreaterThan(15)
		for (const { path, headers } of answers) {
			const { csp } = new CspParser(policyOf(headers))
			const findings = new CspEvaluator(csp).evaluate()
			const serious = findings.filter(({ severity }) => severity <= Severity.MEDIUM)
			expect({ path, serious }).toEqual({ path, serious: [] })
		}
	})

	test('every page has a nonce of its own and every other header', async () => {
		const answers = await headersOf(settings, pages())
		const nonces = answers.map(({ headers }) => /'nonce-([\w+/]{22}==)'/.exec(policyOf(headers))?.[1])
		expect(new Set(nonces).size).toBe(answers.length)
		for (const { headers } of answers) {
			expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
			expect(headers.get('x-content-type-options')).toBe('nosniff')
			expect(headers.get('referrer-policy')).toBe('strict-origin')
			expect(headers.get('x-frame-options')).toBe('DENY')
			expect(headers.get('cross-origin-opener-policy')).toMatch(/^same-origin/)
			expect(headers.get('permissions-policy')).toMatch(/^payment=\(.*camera=\(\), microphone=\(\)/)
		}
	})

	test('hosts of gateways are named on the checkout alone, and only of gateways with keys', async () => {
		const answers = await headersOf(settings, ['/shop', '/console', '/login', '/checkout/cs_1'])
		for (const { path, headers } of answers) {
			const named = /(stripe|paypal)/g
			const policies = policyOf(headers) + headers.get('permissions-policy')
			const found = [...new Set([...policies.matchAll(named)].map(([name]) => name))].sort()
			const keys = [...('STRIPE_SECRET_KEY' in settings ? ['stripe'] : [])]
			if ('PAYPAL_CLIENT_ID' in settings) keys.unshift('paypal')
			expect({ path, found }).toEqual({ path, found: path.startsWith('/checkout') ? keys : [] })
			const opener =
				path.startsWith('/checkout') && keys.length > 0 ? 'same-origin-allow-popups' : 'same-origin'
			expect(headers.get('cross-origin-opener-policy')).toBe(opener)
		}
	})
})

describe('forms that lead to Google', () => {
	const formsOf = async (settings: Record<string, string>) =>
		Object.fromEntries(
			(await headersOf(settings, ['/login', '/signup', '/login/verify', '/console', '/checkout/cs_1'])).map(
				({ path, headers }) => [path, /form-action ([^;]+)/.exec(policyOf(headers))?.[1]],
			),
		)
	const ours = { '/login/verify': "'self'", '/console': "'self'", '/checkout/cs_1': "'self'" }

	test('are on the pages to sign in and to sign up alone', async () => {
		const keys = {
			GOOGLE_CLIENT_ID: 'a-client.apps.googleusercontent.com',
			GOOGLE_CLIENT_SECRET: 'GOCSPX-of-tests',
		}
		const google = "'self' https://accounts.google.com"
		expect(await formsOf({ ...STRIPE, ...keys })).toEqual({ ...ours, '/login': google, '/signup': google })
	})

	test('are nowhere without Google', async () => {
		expect(await formsOf(STRIPE)).toEqual({ ...ours, '/login': "'self'", '/signup': "'self'" })
	})
})
