import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type House } from '#tests/support/house.ts'
import { BOTH_DOORS } from './both-doors.ts'
import { countRows } from './kept-rows.ts'
import { expectRefusal } from './refusal.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const BODY = { amount: 1_999, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }
const LONE_SURROGATE = 'broken \ud800 half'
const NUL = 'before\u0000after'

const notText = { 'a number': 7, 'a boolean': true, 'an array': ['a'], 'an object': { a: 'b' } }
const notKept = { 'text with NUL': NUL, 'text with a lone surrogate': LONE_SURROGATE }
const manyKeys = Object.fromEntries(Array.from({ length: 51 }, (_, number) => [`key${number}`, 'value']))

/** Field by field, what is refused; every refusal must name the field. */
const REFUSED: Record<string, Record<string, unknown>> = {
	amount: {
		nothing: undefined,
		null: null,
		'a string': '1999',
		'an array': [1_999],
		'an object': { minor: 1_999 },
		'a boolean': true,
		zero: 0,
		'a negative number': -1,
		'a fraction': 19.99,
		'a fraction below one': 1e-7,
		'1e308': 1e308,
		'2^53 + 1': 2 ** 53 + 2,
		'one above the largest': 1_000_000_000_000,
	},
	currency: {
		nothing: undefined,
		null: null,
		...notText,
		...notKept,
		'an empty string': '',
		'a code nobody uses': 'zzz',
		'XXX, which is no currency': 'XXX',
		'a currency that counts in fifths': 'mga',
		'a name': 'euro',
		'the name of a method of objects': 'constructor',
	},
	payment_method: {
		'nothing although it is to be confirmed': undefined,
		null: null,
		...notText,
		...notKept,
		'an empty string': '',
		'256 characters': 'p'.repeat(256),
	},
	confirm: { null: null, 'a string': 'true', 'a number': 1, 'an array': [true], 'an object': {} },
	capture_method: { null: null, ...notText, 'an empty string': '', 'another word': 'later' },
	description: { ...notText, ...notKept, '501 characters': 'd'.repeat(501) },
	receipt_email: {
		...notText,
		...notKept,
		'an empty string': '',
		'no address': 'nobody',
		'a very long address': `${'a'.repeat(260)}@example.com`,
	},
	client_ip: { ...notText, ...notKept, 'no address': '300.1.1.1', 'a network': '10.0.0.0/8' },
	metadata: { null: null, 'a string': 'a=b', 'a number': 7, 'an array': ['a'], '51 keys': manyKeys },
	'metadata.order': {
		null: { order: null },
		'a number': { order: 7 },
		'an object': { order: { a: 'b' } },
		'text with NUL': { order: NUL },
		'text with a lone surrogate': { order: LONE_SURROGATE },
		'501 characters': { order: 'v'.repeat(501) },
	},
}

const cases = Object.entries(REFUSED).flatMap(([param, values]) =>
	Object.entries(values).map(([what, value]) => ({ param, what, value })),
)

describe.each(BOTH_DOORS)('through the %s', (_name, door) => {
	const post = (body: unknown) => house.call('POST', '/api/v1/payments', body, door)

	test.each(cases)('$param refuses $what, by name', async ({ param, value }) => {
		const before = await countRows(house)
		const field = param.split('.')[0] ?? param
		const answer = await post({ ...BODY, [field]: value })
		expectRefusal(answer, 400, { code: 'parameter_invalid', param, type: 'invalid_request_error' })
		expect(await countRows(house)).toEqual(before)
	})

	test.each([
		['a key with NUL', NUL],
		['a key with a lone surrogate', LONE_SURROGATE],
		['a key of 41 characters', 'k'.repeat(41)],
	])('metadata refuses %s', async (_what, key) => {
		const before = await countRows(house)
		const answer = await post({ ...BODY, metadata: { [key]: 'value' } })
		expectRefusal(answer, 400, { code: 'parameter_invalid', param: `metadata.${key}` })
		expect(await countRows(house)).toEqual(before)
	})

	test.each(['current_state', 'status', 'merchant_id', 'Amount', 'constructor', '__proto__'])(
		'the parameter %s is unknown',
		async (name) => {
			const before = await countRows(house)
			const answer = await post(`${JSON.stringify(BODY).slice(0, -1)},${JSON.stringify(name)}:"x"}`)
			expectRefusal(answer, 400, { code: 'parameter_unknown', param: name })
			expect(await countRows(house)).toEqual(before)
		},
	)

	test('a __proto__ key in metadata is refused, and no object is changed by it', async () => {
		const before = await countRows(house)
		const answer = await post('{"amount":1,"currency":"eur","metadata":{"__proto__":{"polluted":"yes"}}}')
		expectRefusal(answer, 400, { code: 'parameter_invalid', param: 'metadata.__proto__' })
		expect('polluted' in {}).toBe(false)
		expect(await countRows(house)).toEqual(before)
	})

	test.each([
		['null', 'null'],
		['an array', '[]'],
		['a string', '"amount"'],
		['a number', '7'],
		['true', 'true'],
	])('a body that is %s is refused', async (_what, body) => {
		const before = await countRows(house)
		expectRefusal(await post(body), 400, { code: 'parameter_invalid' })
		expect(await countRows(house)).toEqual(before)
	})

	test.each(['{"amount":1,"amount":250,"currency":"eur"}', '{"amount":250,"amount":"x","currency":"eur"}'])(
		'a name given twice is refused, whichever of the two would count: %s',
		async (body) => {
			const before = await countRows(house)
			expectRefusal(await post(body), 400, { code: 'parameter_repeated', param: 'amount' })
			expect(await countRows(house)).toEqual(before)
		},
	)

	test('the largest of everything is taken, and given back as it was sent', async () => {
		const widest = {
			amount: 999_999_999_990,
			currency: 'KWD',
			payment_method: 'p'.repeat(255),
			description: 'ß'.repeat(500),
			receipt_email: 'someone+tag@example.com',
			client_ip: '2001:db8::1',
			metadata: Object.fromEntries(
				Array.from({ length: 50 }, (_, number) => [`${'k'.repeat(38)}${10 + number}`, '😀'.repeat(250)]),
			),
		}
		const created = await post(widest)
		expect(created).toMatchObject({
			status: 201,
			body: {
				status: 'requires_payment_method',
				amount: 999_999_999_990,
				currency: 'kwd',
				description: widest.description,
				metadata: widest.metadata,
			},
		})
		const read = await house.call('GET', `/api/v1/payments/${String(created.body['id'])}`, undefined, door)
		expect(read.body['metadata']).toEqual(widest.metadata)
	})

	test('an unconfirmed payment needs no payment method and starts no job', async () => {
		const before = await countRows(house)
		const created = await post({ amount: 1, currency: 'jpy' })
		expect(created).toMatchObject({ status: 201, body: { status: 'requires_payment_method' } })
		expect(await countRows(house)).toEqual({
			...before,
			payments: (before['payments'] ?? 0) + 1,
			events: (before['events'] ?? 0) + 1,
		})
	})
})
