import { describe, expect, test } from 'vitest'
import { openDesk } from './console-desk.ts'
import { makePaid } from './till.ts'
import { product } from './visitor.ts'

const ALWAYS = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'strict-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
}
const key = { authorization: `Bearer ${product.secretKey}` }

/** One address of every kind of answer: pages, data of pages, API through both doors, streams, files, errors. */
const ADDRESSES: [what: string, path: string, status: number, init?: RequestInit][] = [
	['a page', '/', 200],
	['the shop', '/shop', 200],
	['data of a page', '/shop.data', 200],
	['a page behind the log-in', '/console', 302],
	['an unknown page', '/no/such/page', 404],
	['an unknown checkout', '/checkout/cs_none', 404],
	['the probe', '/healthz', 200],
	['readiness', '/readyz', 200],
	['a file', '/favicon.svg', 200],
	['a missing asset', '/assets/none.js', 404],
	['a broken path', '/%E0%A4%A', 400],
	['a method nobody takes', '/shop', 405, { method: 'PUT' }],
	['the API in the fast lane', '/api/v1/payments/pay_none', 404, { headers: key }],
	['the API through Remix', '/api/v1/payments?limit=1', 200, { headers: key }],
	['the API without a key', '/api/v1/payments', 401],
	['nothing of the API', '/api/v1/none', 404, { headers: key }],
	[
		'a refused body',
		'/api/v1/payments',
		400,
		{ method: 'POST', headers: { ...key, 'content-type': 'application/json' }, body: '{' },
	],
	['a message nobody signed', '/api/v1/webhooks/stripe', 400, { method: 'POST', body: '{}' }],
	['health', '/health', 200],
]

const headersOf = async (path: string, init?: RequestInit) => {
	const answer = await fetch(product.baseUrl + path, { redirect: 'manual', ...init })
	await answer.body?.cancel()
	return { status: answer.status, headers: answer.headers }
}

describe('the headers', () => {
	test.each(ADDRESSES)('of %s (%s)', async (_what, path, status, init) => {
		const answer = await headersOf(path, init)
		expect(answer.status).toBe(status)
		expect(Object.fromEntries(answer.headers)).toMatchObject(ALWAYS)
		const policy = answer.headers.get('content-security-policy') ?? ''
		expect(policy).toMatch(/^default-src 'none'/)
		expect(policy).toContain("frame-ancestors 'none'")
		expect(answer.headers.get('permissions-policy')).toContain('camera=()')
		expect(answer.headers.get('x-powered-by')).toBeNull()
	})

	test('of a stream', async () => {
		const { status, headers } = await headersOf('/api/v1/stream', { headers: key })
		expect(status).toBe(200)
		expect(headers.get('content-type')).toContain('text/event-stream')
		expect(Object.fromEntries(headers)).toMatchObject(ALWAYS)
		expect(headers.get('cache-control')).toContain('no-store')
	})
})

test('what somebody’s log-in or key is answered with is stored nowhere', async () => {
	const payment = await makePaid(1_200, 'usd', 'For the headers')
	const { page, context } = await openDesk('/console')
	const cookies = await context.cookies(product.baseUrl)
	const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
	for (const path of ['/console', '/console/payments', `/console/payments/${payment.id}`, '/console.data']) {
		const { status, headers } = await headersOf(path, { headers: { cookie } })
		expect({ path, status, stored: headers.get('cache-control') }).toEqual({
			path,
			status: 200,
			stored: 'no-store',
		})
	}
	for (const path of ['/checkout/cs_none', '/verify-email?token=x']) {
		const { headers } = await headersOf(path)
		expect({ path, stored: headers.get('cache-control') }).toEqual({ path, stored: 'no-store' })
	}
	for (const path of ['/api/v1/payments', `/api/v1/payments/${payment.id}`, '/api/v1/refunds']) {
		const { headers } = await headersOf(path, { headers: key })
		expect({ path, stored: headers.get('cache-control') }).toEqual({ path, stored: 'no-store' })
	}
	await page.close()
})
