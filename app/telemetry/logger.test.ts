import { expect, test } from 'vitest'
import { createLogger } from './logger.server.ts'

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
	const lines: string[] = []
	write(createLogger({ level: 'info' }, { write: (line: string) => void lines.push(line) }))
	return lines.join('')
}

test.each([
	['a card number', '4242424242424242'],
	['a card number in groups', '4000 0566 5566 5556'],
	['a card number behind an underscore', 'pm_4242424242424242'],
	['a key of Stripe', 'sk_live_abcdefgh12345678'],
	['a key of ours', 'th_live_0123456789abcdef_dGhpcyBpcyBhIHNlY3JldA'],
	['a signed token', 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ1c2VyIn0.c2lnbmF0dXJl'],
	['the cookie of a log-in', '__Host-sid=dGhpcyBpcyBhIHNlc3Npb24'],
	['a password in a header', 'Basic YWRhOmh1bnRlcjI='],
	['a webhook secret', 'whsec_abcdefgh12345678'],
	['a bearer token', 'Bearer eyJhbGciOi.abc.def'],
	['the password of an address', 'postgres://app:k3Jx9QvT2m@db/tillhouse'],
])('%s never reaches the log', (_what, text) => {
	const line = logged((logger) => logger.error({ err: new Error(`refused ${text}`) }, text))
	expect(line).not.toContain(text)
	expect(line).not.toContain('k3Jx9QvT2m')
})

test('numbers, ids and times stay readable', () => {
	const line = logged((logger) => logger.info({ rows: 1234567890123, asOf: 1763700000000 }, 'pay_01jd'))
	expect(line).toContain('1234567890123')
	expect(line).toContain('1763700000000')
	expect(line).toContain('pay_01jd')
})

test('only known fields are told; of the others the name, and of a request method and path', () => {
	const line = logged((logger) =>
		logger.info({
			req: { method: 'GET', url: '/console?session=abc', headers: { cookie: 'a=b' }, body: 'x' },
			headers: { authorization: 'Digest abc' },
			email: 'ada@example.com',
			queue: 'payments',
		}),
	)
	expect(JSON.parse(line)).toMatchObject({
		req: { method: 'GET', path: '/console' },
		queue: 'payments',
		leftOut: ['headers', 'email'],
	})
	expect(line).not.toMatch(/session|cookie|Digest|ada@/)
})

test('a line break in a message cannot forge a second line', () => {
	const text = 'one\r\n{"level":"error"}\u001b[31m\u0000'
	const line = logged((logger) => logger.info({ reason: text, err: new Error(text) }, text))
	expect(line.trim().split('\n')).toHaveLength(1)
	expect(line.trim()).not.toMatch(/[\u0000-\u001f\u007f]/)
})
