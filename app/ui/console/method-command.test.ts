import { expect, test } from 'vitest'
import { readMethodCommand } from './method-command.ts'

function read(fields: Record<string, string>) {
	const form = new FormData()
	for (const [name, value] of Object.entries({ gateway: 'stripe', method: 'card', ...fields })) {
		form.set(name, value)
	}
	return readMethodCommand(form)
}

test.each([
	[{ intent: 'switch', on: '1' }, { isOn: true }],
	[{ intent: 'switch' }, { isOn: false }],
	[{ intent: 'countries', countries: ' de, FR;us\nat ' }, { countries: ['DE', 'FR', 'US', 'AT'] }],
	[{ intent: 'countries', countries: '  ' }, { countries: null }],
	[
		{ intent: 'limit', currency: 'USD', min: '5', max: '1,000.50' },
		{ currency: 'usd', limits: { minMinor: 500n, maxMinor: 100_050n } },
	],
	[
		{ intent: 'limit', currency: 'jpy', max: '500' },
		{ currency: 'jpy', limits: { minMinor: null, maxMinor: 500n } },
	],
	[
		{ intent: 'remove_limit', currency: 'usd' },
		{ currency: 'usd', limits: { minMinor: null, maxMinor: null } },
	],
])('%o', (fields, change) => {
	expect(read(fields)).toEqual({ gateway: 'stripe', type: 'card', change })
})

test.each([
	[{ intent: 'switch', method: 'cash' }, null],
	[{ intent: 'delete' }, null],
	[{ intent: 'countries', countries: 'DE, Deutschland' }, 'countries'],
	[{ intent: 'countries', countries: 'EU' }, 'countries'],
	[{ intent: 'limit', currency: 'zzz', min: '5' }, 'currency'],
	[{ intent: 'limit', currency: 'usd' }, 'min'],
	[{ intent: 'limit', currency: 'usd', min: 'five' }, 'min'],
	[{ intent: 'limit', currency: 'jpy', max: '5.5' }, 'max'],
	[{ intent: 'limit', currency: 'usd', max: '-5' }, 'max'],
])('%o is refused at %s', (fields, field) => {
	expect(read(fields)).toMatchObject({ ok: false, field, message: expect.stringMatching(/\S/) as unknown })
})
