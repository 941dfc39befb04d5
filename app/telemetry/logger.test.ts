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
	['an API key', 'sk_live_abcdefgh12345678'],
	['a webhook secret', 'whsec_abcdefgh12345678'],
	['a bearer token', 'Bearer eyJhbGciOi.abc.def'],
	['the password of an address', 'postgres://app:k3Jx9QvT2m@db/tillhouse'],
])('%s never reaches the log', (_what, text) => {
	const line = logged((logger) => logger.error({ err: new Error(`refused ${text}`) }, text))
	expect(line).not.toContain(text)
	expect(line).not.toContain('k3Jx9QvT2m')
})

test('amounts, ids and times stay readable', () => {
	const line = logged((logger) => logger.info({ amountMinor: 1234567890123, at: 1763700000000 }, 'pay_01jd'))
	expect(line).toContain('1234567890123')
	expect(line).toContain('1763700000000')
})

test('headers with secrets are redacted, and of a request only method and path are kept', () => {
	const line = logged((logger) =>
		logger.info({
			req: { method: 'GET', url: '/console?session=abc', headers: { cookie: 'a=b' }, body: 'x' },
			headers: { authorization: 'Basic YTpi' },
		}),
	)
	expect(JSON.parse(line)).toMatchObject({ req: { method: 'GET', path: '/console' } })
	expect(line).not.toMatch(/session|cookie|YTpi/)
})

test('a line break in a message cannot forge a second line', () => {
	expect(
		logged((logger) => logger.info('one\n{"level":"error"}'))
			.trim()
			.split('\n'),
	).toHaveLength(1)
})
