import { expect, test } from 'vitest'
import { DomainError, type ErrorKind } from '../domain/errors/domain-error.ts'
import { createLogger } from '../telemetry/logger.server.ts'
import { endpoint } from './endpoint.server.ts'

async function linesOf(kind: ErrorKind, code: string): Promise<object[]> {
	const lines: string[] = []
	const logger = createLogger({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
	const context = { requestId: 'req_1', clientIp: '203.0.113.9', services: { logger } }
	await endpoint(context, () => {
		throw new DomainError(kind, code, 'Not with the card 4242 4242 4242 4242 of ada@example.com.')
	})
	expect(lines.join()).not.toMatch(/4242|ada@/)
	return lines.map((line) => JSON.parse(line) as object)
}

test.each([
	['forbidden', 'permission_missing'],
	['forbidden', 'merchant_suspended'],
	['rate_limited', 'too_many_tries'],
	['invalid', 'signature_invalid'],
	['invalid', 'event_not_ours'],
] as const)('a refusal (%s, %s) is told by its code, with who sent it', async (kind, code) => {
	expect(await linesOf(kind, code)).toMatchObject([
		{ level: 'warn', msg: 'refused', reason: code, requestId: 'req_1', clientIp: '203.0.113.9' },
	])
})

test.each([
	['invalid', 'parameter_invalid'],
	['not_found', 'payment_not_found'],
	['conflict', 'already_paid'],
] as const)('a mistake (%s, %s) is nobody’s attack', async (kind, code) => {
	expect(await linesOf(kind, code)).toEqual([])
})
