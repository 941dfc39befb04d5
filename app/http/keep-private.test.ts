import { expect, test } from 'vitest'
import { keepPrivate } from './keep-private.server.ts'

function storedOf(path: string, given: HeadersInit = {}, answer: HeadersInit = {}): string | null {
	const headers = new Headers(answer)
	keepPrivate(new Request(`https://till.test${path}`, { headers: given }), headers)
	return headers.get('cache-control')
}

test.each([
	'/checkout/cs_1',
	'/checkout/cs_1.data',
	'/checkout/cs_1/receipt',
	'/checkout/cs_1/receipt.data?_routes=x',
	'/verify-email?token=x',
	'/reset-password?token=x',
	'/invitation?token=x',
])('%s is stored nowhere, though it asks for no log-in', (path) => {
	expect(storedOf(path)).toBe('no-store')
})

test('what a log-in is answered with is stored nowhere, and what an answer says itself stays', () => {
	expect(storedOf('/console', { cookie: 'sid=1' })).toBe('no-store')
	expect(storedOf('/', { cookie: 'sid=1' }, { 'cache-control': 'private' })).toBe('private')
	expect(storedOf('/')).toBeNull()
	expect(storedOf('/shop')).toBeNull()
})
