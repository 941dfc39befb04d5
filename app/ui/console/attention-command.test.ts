import { expect, test } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { readAttentionCommand } from './attention-command.ts'

const form = (fields: Record<string, string>) => {
	const data = new FormData()
	for (const [name, value] of Object.entries(fields)) data.set(name, value)
	return data
}
const id = newId('atn')

test('trying again needs nothing but the item', () => {
	expect(readAttentionCommand(form({ intent: 'retry', id }))).toEqual({ intent: 'retry', id })
})

test('settling keeps the note and how it was settled', () => {
	const fields = { intent: 'settle', id, note: 'Refunded.', outcome: 'refunded_at_gateway' }
	expect(readAttentionCommand(form(fields))).toEqual(fields)
})

test.each([
	['an empty note', { intent: 'settle', id, note: '  ' }, 'note'],
	['a note of a whole book', { intent: 'settle', id, note: 'x'.repeat(501) }, 'note'],
	['another item', { intent: 'retry', id: 'pay_1' }, null],
	['no intent', { id }, null],
])('%s is refused in words', (_, fields, field) => {
	expect(readAttentionCommand(form(fields as Record<string, string>))).toMatchObject({ ok: false, field })
})
