import { expect, test } from 'vitest'
import { readDisputeCommand } from './dispute-command.ts'

const form = (fields: Record<string, string>) => {
	const data = new FormData()
	for (const [name, value] of Object.entries(fields)) data.set(name, value)
	return data
}

test('evidence is read field by field, with line ends of one character', () => {
	const command = readDisputeCommand(form({ intent: 'save', uncategorized_text: 'a\r\nb', nonsense: 'x' }))
	expect(command).toMatchObject({
		intent: 'save',
		changes: { uncategorized_text: 'a\nb', customer_name: '' },
	})
	expect(command).not.toHaveProperty('changes.nonsense')
})

test('giving up needs no fields', () => {
	expect(readDisputeCommand(form({ intent: 'accept' }))).toEqual({ intent: 'accept' })
})

test.each([{}, { intent: 'win' }, { intent: 'submit', customer_name: 'x'.repeat(20_001) }])(
	'%o is refused in words',
	(fields) => {
		expect(readDisputeCommand(form(fields as Record<string, string>))).toMatchObject({
			ok: false,
			message: expect.any(String) as string,
		})
	},
)
