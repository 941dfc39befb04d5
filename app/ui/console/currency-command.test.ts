import { expect, test } from 'vitest'
import { readCurrencyCommand } from './currency-command.ts'

const form = (fields: Record<string, string>) => {
	const data = new FormData()
	for (const [name, value] of Object.entries(fields)) data.set(name, value)
	return readCurrencyCommand(data)
}

test('a currency and a spread', () => {
	expect(form({ settlement_currency: 'EUR ', spread: ' 150' })).toEqual({
		settlementCurrency: 'eur',
		spreadBps: 150,
	})
	expect(form({ settlement_currency: 'jpy', spread: '0' })).toMatchObject({ spreadBps: 0 })
	expect(form({ settlement_currency: 'jpy', spread: '1000' })).toMatchObject({ spreadBps: 1_000 })
})

test.each(['', '-1', '1.5', '1001', '9999', 'much', '1e2', '٥'])('%o is no spread', (spread) => {
	expect(form({ settlement_currency: 'eur', spread })).toMatchObject({ ok: false, field: 'spread' })
})

test('what is no currency is named, what is missing is said', () => {
	expect(form({ settlement_currency: 'xxx', spread: '1' })).toMatchObject({ field: 'settlement_currency' })
	expect(form({ spread: '1' })).toMatchObject({ ok: false, field: null })
})
