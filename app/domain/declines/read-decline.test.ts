import { expect, test } from 'vitest'
import { CANCELED_BY_PAYER, readDecline, type DeclineEntry } from './read-decline.ts'
import { STANDARD_CODES, STANDARD_DECLINES } from './standard-declines.ts'

const ENTRIES: DeclineEntry[] = [
	{ code: 'card_declined', standard: 'declined' },
	{ code: 'insufficient_funds', standard: 'insufficient_funds' },
	{ code: 'invalid_request', standard: 'invalid_request' },
]
const read = (
	code: string,
	declineCode: string | null = null,
	overrides: Parameters<typeof readDecline>[1] = [],
) => readDecline(ENTRIES, overrides, { code, declineCode, message: 'As the gateway put it.' })

test('the decline code says more than the error code', () => {
	expect(read('card_declined', 'insufficient_funds').standard).toBe('insufficient_funds')
	expect(read('card_declined', 'never_heard_of').standard).toBe('declined')
})

test('a code nobody has listed ends the try in the gateway’s own words', () => {
	expect(read('never_heard_of')).toMatchObject({
		standard: 'declined',
		words: 'As the gateway put it.',
		mayFallBack: false,
	})
})

test('a refused request keeps the message for whoever built the integration', () => {
	expect(read('invalid_request').words).toBe('As the gateway put it.')
})

test('a merchant changes words, advice and fallback one by one', () => {
	const override = {
		code: 'insufficient_funds',
		words: null,
		advice: 'other_method',
		mayFallBack: true,
	} as const
	expect(read('card_declined', 'insufficient_funds', [override])).toEqual({
		standard: 'insufficient_funds',
		class: 'limit',
		advice: 'other_method',
		mayFallBack: true,
		words: STANDARD_DECLINES.insufficient_funds.words,
	})
})

test('every reason says what happened to the money', () => {
	for (const code of STANDARD_CODES) {
		expect(`${code}: ${STANDARD_DECLINES[code].words}`).toMatch(/Nothing was charged/)
	}
})

test('asking the payer to act or to correct something never happens behind their back', () => {
	for (const code of STANDARD_CODES) {
		const { class: kind, mayFallBack } = STANDARD_DECLINES[code]
		if (kind === 'authentication' || kind === 'fraud') expect([code, mayFallBack]).toEqual([code, false])
	}
})

test('a try the payer called off is no refusal of anybody: no other gateway is asked, and the words are ours', () => {
	expect(read(CANCELED_BY_PAYER)).toMatchObject({
		standard: 'payer_canceled',
		mayFallBack: false,
		words: 'As the gateway put it.',
	})
})
