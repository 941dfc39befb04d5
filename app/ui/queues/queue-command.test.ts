import { expect, test } from 'vitest'
import { readJobCommand, readQueueCommand } from './queue-command.ts'

const form = (fields: Record<string, string>): FormData => {
	const data = new FormData()
	for (const [name, value] of Object.entries(fields)) data.set(name, value)
	return data
}

test('a queue is stopped with a reason', () => {
	const asked = { intent: 'pause', queue: 'mail.send', reason: ' The server is moving ' }
	expect(readQueueCommand(form(asked))).toEqual({ ...asked, reason: 'The server is moving' })
})

test.each([
	[{ intent: 'pause', queue: 'mail.send', reason: '  ' }, 'reason'],
	[{ intent: 'pause', queue: 'mail.send', reason: 'x'.repeat(501) }, 'reason'],
	[{ intent: 'burn', queue: 'mail.send' }, null],
	[{}, null],
])('%j is refused', (fields, field) => {
	expect(readQueueCommand(form(fields as Record<string, string>))).toMatchObject({ ok: false, field })
})

test('a payload is JSON', () => {
	expect(readJobCommand(form({ intent: 'edit', payload: '{"paymentId":"pay_1"}' }))).toEqual({
		intent: 'edit',
		payload: { paymentId: 'pay_1' },
	})
	expect(readJobCommand(form({ intent: 'edit', payload: '{paymentId}' }))).toMatchObject({
		ok: false,
		field: 'payload',
	})
})
