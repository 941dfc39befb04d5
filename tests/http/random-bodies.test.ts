import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House } from '#tests/support/house.ts'
import { BOTH_DOORS } from './both-doors.ts'
import { countRows } from './kept-rows.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const anything = fc.jsonValue({ noUnicodeString: false, maxDepth: 3 })
const binary = fc.string({ unit: 'binary', maxLength: 40 })
const oftenGood = (good: fc.Arbitrary<unknown>) => fc.oneof({ weight: 12, arbitrary: good }, anything, binary)

const body = fc.record(
	{
		amount: oftenGood(fc.integer({ min: 1, max: 999_999_999_999 })),
		currency: oftenGood(fc.constantFrom('eur', 'USD', 'jpy', 'kwd')),
		payment_method: oftenGood(fc.string({ minLength: 1, maxLength: 255 })),
		confirm: oftenGood(fc.boolean()),
		capture_method: oftenGood(fc.constantFrom('automatic', 'manual')),
		description: oftenGood(fc.string({ unit: 'grapheme', maxLength: 200 })),
		receipt_email: oftenGood(fc.oneof(fc.emailAddress(), fc.constant('someone@example.com'))),
		client_ip: oftenGood(fc.oneof(fc.ipV4(), fc.ipV6())),
		metadata: oftenGood(fc.dictionary(fc.string({ maxLength: 40 }), fc.string({ maxLength: 80 }))),
	},
	{ requiredKeys: ['amount', 'currency'] },
)
const fieldsAndMore = fc
	.tuple(body, fc.dictionary(fc.string(), anything, { maxKeys: 1 }))
	.map(([fields, others]) => ({ ...others, ...fields }))

test.each(BOTH_DOORS)(
	'whatever is posted through the %s, it is taken whole or refused',
	async (_name, door) => {
		const sent = fc.oneof({ weight: 4, arbitrary: body }, fieldsAndMore, anything)
		let taken = 0
		await fc.assert(
			fc.asyncProperty(sent, async (value) => {
				const before = await countRows(house)
				const answer = await house.call('POST', '/api/v1/payments', JSON.stringify(value), door)
				const after = await countRows(house)
				if (answer.status !== 201) {
					expect(answer).toMatchObject({ status: 400, body: { error: { type: 'invalid_request_error' } } })
					expect(after).toEqual(before)
					return
				}
				taken++
				const { amount, currency } = value as { amount: number; currency: string }
				expect(answer.body).toMatchObject({ amount, currency: currency.toLowerCase() })
				expect(after['payments']).toBe((before['payments'] ?? 0) + 1)
				expect(after['events']).toBe((before['events'] ?? 0) + 1)
			}),
			{ numRuns: 200 },
		)
		expect(taken, 'the bodies are all bad').toBeGreaterThan(0)
	},
)
