import { describe, expect, test } from 'vitest'
import {
	EVIDENCE_FIELDS,
	lengthOf,
	MOST_IN_ALL,
	MOST_PER_FIELD,
	tellingFields,
	withChanges,
} from './evidence.ts'
import { evidencePack, type Purchase } from './evidence-pack.ts'

const AT = Date.parse('2026-11-21T10:00:00Z')
const PURCHASE: Purchase = {
	merchantName: 'Tillhouse Goods',
	reference: 'TH-7Q2M',
	amountMinor: 4_800n,
	currency: 'eur',
	description: null,
	items: [
		{ name: 'Mug', quantity: 2, amountMinor: 1_800n },
		{ name: 'Lamp', quantity: 1, amountMinor: 1_200n },
	],
	email: 'ada@example.com',
	ip: '203.0.113.9',
	ipCountry: 'DE',
	card: { brand: 'visa', last4: '0259', country: 'US' },
	paidAt: AT,
	refundedMinor: 300n,
	timeline: [
		{ at: AT - 2_000, title: 'Payment created', detail: null },
		{ at: AT, title: 'Paid', detail: 'confirmed with the bank' },
	],
}

const NOTHING: Purchase = {
	...PURCHASE,
	items: [],
	email: null,
	ip: null,
	ipCountry: null,
	card: { brand: null, last4: null, country: null },
	paidAt: null,
	refundedMinor: 0n,
	timeline: [],
}

test('the pack says who bought what, from where, with which card, and what happened when', () => {
	const pack = evidencePack(PURCHASE)
	expect(pack).toMatchObject({
		customer_email_address: 'ada@example.com',
		customer_purchase_ip: '203.0.113.9',
		product_description: '2 × Mug, 18.00 EUR\n1 × Lamp, 12.00 EUR',
	})
	expect(pack.uncategorized_text).toBe(
		[
			'RECEIPT TH-7Q2M',
			'Sold by Tillhouse Goods',
			'2 × Mug, 18.00 EUR\n1 × Lamp, 12.00 EUR',
			'Paid: 48.00 EUR',
			'Card: visa ending in 0259, issued in US',
			'Collected: 2026-11-21 10:00:00 UTC',
			'Receipt sent to: ada@example.com',
			'Ordered from: 203.0.113.9 (DE)',
			'Already refunded: 3.00 EUR',
			'',
			'WHAT HAPPENED',
			'2026-11-21 09:59:58 UTC  Payment created',
			'2026-11-21 10:00:00 UTC  Paid: confirmed with the bank',
		].join('\n'),
	)
})

test('what is not known is left out, not guessed', () => {
	expect(Object.keys(evidencePack(NOTHING))).toEqual(['uncategorized_text'])
	expect(evidencePack({ ...NOTHING, description: 'Desk lamp' })).toMatchObject({
		product_description: 'Desk lamp',
	})
})

test('a story of any length stays within what the bank takes', () => {
	const step = { at: AT, title: 'Something happened', detail: 'x'.repeat(400) }
	const timeline = Array.from({ length: 2_000 }, () => step)
	const items = Array.from({ length: 3_000 }, () => ({ name: 'Mug', quantity: 1, amountMinor: 1n }))
	const pack = evidencePack({ ...PURCHASE, timeline, items })
	for (const text of Object.values(pack)) expect(text.length).toBeLessThanOrEqual(MOST_PER_FIELD)
	expect(lengthOf(pack)).toBeLessThanOrEqual(MOST_IN_ALL)
	expect(pack.uncategorized_text).toMatch(/^RECEIPT TH-7Q2M/)
})

describe('a draft', () => {
	test('takes changes field by field, and an empty text takes its field away', () => {
		const draft = { customer_name: 'Ada', customer_email_address: 'ada@example.com' }
		expect(withChanges(draft, { customer_name: ' ', uncategorized_text: 'She signed.' })).toEqual({
			customer_email_address: 'ada@example.com',
			uncategorized_text: 'She signed.',
		})
		expect(draft).toEqual({ customer_name: 'Ada', customer_email_address: 'ada@example.com' })
	})

	test.each(['fraudulent', 'product_not_received', 'duplicate', 'a reason nobody has heard of'])(
		'for %s asks for known fields first, each once, and for a statement',
		(reason) => {
			const fields = tellingFields(reason)
			expect(new Set(fields).size).toBe(fields.length)
			expect(EVIDENCE_FIELDS).toEqual(expect.arrayContaining([...fields]))
			expect(fields.at(-1)).toBe('uncategorized_text')
		},
	)
})
