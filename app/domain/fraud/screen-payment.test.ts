import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { screenPayment, type ScreeningFacts } from './screen-payment.ts'

const HARMLESS: ScreeningFacts = {
	usdCents: 2_000n,
	cardLastHour: 0,
	emailLastHour: 0,
	ipLastHour: 0,
	cardDeclinesLastDay: 0,
	cardsPerIpLastHour: 0,
	cardCountry: 'US',
	ipCountry: 'US',
	blocked: [],
}

const screen = (facts: Partial<ScreeningFacts>) => screenPayment({ ...HARMLESS, ...facts })

test('a harmless payment is allowed for no reason at all', () => {
	expect(screen({})).toEqual({ score: 0, decision: 'allow', reasons: [] })
})

test.each<[string, number, string, Partial<ScreeningFacts>]>([
	['block_list', 99, 'block', { blocked: ['email'] }],
	['amount_above_5000_usd', 65, 'review', { usdCents: 500_001n }],
	['no_reference_rate', 65, 'review', { usdCents: null }],
	['card_velocity', 35, 'allow', { cardLastHour: 5 }],
	['many_cards_one_ip', 30, 'allow', { cardsPerIpLastHour: 4 }],
	['card_declines', 25, 'allow', { cardDeclinesLastDay: 3 }],
	['country_mismatch', 25, 'allow', { ipCountry: 'NL' }],
	['email_velocity', 20, 'allow', { emailLastHour: 5 }],
	['ip_velocity', 20, 'allow', { ipLastHour: 10 }],
])('%s alone weighs %i: %s', (code, score, decision, facts) => {
	expect(screen(facts)).toMatchObject({ score, decision, reasons: [{ code, points: score }] })
})

test.each<[string, Partial<ScreeningFacts>]>([
	['5,000 USD exactly', { usdCents: 500_000n }],
	['four uses of the card', { cardLastHour: 4 }],
	['four payments of the address', { emailLastHour: 4 }],
	['nine payments from the IP address', { ipLastHour: 9 }],
	['three cards from the IP address', { cardsPerIpLastHour: 3 }],
	['two declines', { cardDeclinesLastDay: 2 }],
	['an unknown card country', { cardCountry: null, ipCountry: 'NL' }],
	['an unknown payer country', { ipCountry: null }],
])('%s is still nothing', (_what, facts) => {
	expect(screen(facts).reasons).toEqual([])
})

describe('decisions follow the score', () => {
	test.each<[number, string, Partial<ScreeningFacts>]>([
		[60, 'allow', { cardLastHour: 5, ipCountry: 'NL' }],
		[65, 'review', { cardLastHour: 5, cardsPerIpLastHour: 4 }],
		[80, 'review', { cardLastHour: 5, ipCountry: 'NL', emailLastHour: 5 }],
		[85, 'block', { cardLastHour: 5, ipCountry: 'NL', cardDeclinesLastDay: 3 }],
		[99, 'block', { usdCents: 500_001n, cardLastHour: 50, blocked: ['card'] }],
	])('%i points mean %s', (score, decision, facts) => {
		expect(screen(facts)).toMatchObject({ score, decision })
	})
})

describe('size is no sign of misuse', () => {
	const LARGE = { usdCents: 500_001n }

	test.each<[string, number, Partial<ScreeningFacts>]>([
		['a little suspicion', 65, { ipCountry: 'NL' }],
		['much suspicion', 80, { ipCountry: 'NL', cardLastHour: 5, emailLastHour: 5 }],
	])('a large amount on top of %s leaves %i points and a review', (_what, score, signs) => {
		expect(screen({ ...LARGE, ...signs })).toMatchObject({ score, decision: 'review' })
	})

	test('the reason is named even when it adds nothing', () => {
		const { reasons } = screen({ ...LARGE, ipCountry: 'NL', cardLastHour: 5, emailLastHour: 5 })
		expect(reasons.at(-1)).toMatchObject({ code: 'amount_above_5000_usd', points: 0 })
	})
})

test('reasons are sentences a merchant understands, heaviest first', () => {
	const { reasons } = screen({ blocked: ['card', 'ip'], ipCountry: 'NL', cardLastHour: 7 })
	expect(reasons.map(({ message }) => message)).toEqual([
		'On your block list: card, ip',
		'This card was used 7 times in the last hour',
		'Card issued in US, payer in NL',
	])
})

const count = fc.nat(60)
const country = fc.constantFrom(null, 'US', 'NL')
const facts: fc.Arbitrary<ScreeningFacts> = fc.record({
	usdCents: fc.option(fc.bigInt({ min: 1n, max: 10n ** 9n })),
	cardLastHour: count,
	emailLastHour: count,
	ipLastHour: count,
	cardDeclinesLastDay: count,
	cardsPerIpLastHour: count,
	cardCountry: country,
	ipCountry: country,
	blocked: fc.subarray(['card', 'email', 'ip'] as const),
})

test('a score is the sum of its reasons, at most 99, and the decision its threshold', () => {
	fc.assert(
		fc.property(facts, (given) => {
			const { score, decision, reasons } = screenPayment(given)
			const total = reasons.reduce((sum, { points }) => sum + points, 0)
			expect(score).toBe(Math.min(99, total))
			expect(decision).toBe(score >= 85 ? 'block' : score >= 65 ? 'review' : 'allow')
			expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length)
		}),
	)
})

test('a limit lifts a payment to a review at most', () => {
	fc.assert(
		fc.property(facts, (given) => {
			const small = screenPayment({ ...given, usdCents: 1n })
			for (const usdCents of [500_001n, null]) {
				const { decision } = screenPayment({ ...given, usdCents })
				expect(decision).toBe(small.decision === 'allow' ? 'review' : small.decision)
			}
		}),
	)
})

test('more of anything never makes a payment look more harmless', () => {
	fc.assert(
		fc.property(facts, count, (given, more) => {
			const worse = { ...given, cardLastHour: given.cardLastHour + more, ipLastHour: given.ipLastHour + more }
			expect(screenPayment(worse).score).toBeGreaterThanOrEqual(screenPayment(given).score)
		}),
	)
})
