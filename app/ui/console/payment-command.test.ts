import { expect, it } from 'vitest'
import { readPaymentCommand } from './payment-command.ts'

const form = (fields: Record<string, string>) => {
	const data = new FormData()
	for (const [name, value] of Object.entries(fields)) data.set(name, value)
	return data
}

it('reads a refund with an exact amount', () => {
	const fields = { intent: 'refund', amount: '12.5', currency: 'usd', reason: 'duplicate' }
	expect(readPaymentCommand(form(fields))).toEqual({
		intent: 'refund',
		amountMinor: 1250n,
		reason: 'duplicate',
	})
})

it('says at the amount what is wrong with it', () => {
	const fields = { intent: 'capture', amount: '12.5', currency: 'jpy' }
	expect(readPaymentCommand(form(fields))).toMatchObject({ ok: false, field: 'amount' })
})

it.each([
	{},
	{ intent: 'delete' },
	{ intent: 'refund', amount: '1', currency: 'usd', reason: 'because' },
	{ intent: 'refund', amount: '1', currency: 'xxx', reason: 'duplicate' },
])('refuses %o', (fields) => {
	expect(readPaymentCommand(form(fields as Record<string, string>))).toMatchObject({ ok: false, field: null })
})
