import { describe, expect, test } from 'vitest'
import type { MethodSetting } from './method-settings.ts'
import type { MethodTerms } from './method-terms.ts'
import { offerMethods, type OfferQuery, type OfferingGateway } from './offer-methods.ts'
import { refusalWords } from './refusal-words.ts'
import { requireMethod, type MethodChoice } from './require-method.ts'

const CARD: MethodTerms = {
	type: 'card',
	limits: { usd: { minMinor: 50n, maxMinor: 99_999_999n }, jpy: { minMinor: 50n, maxMinor: null } },
	countries: null,
	canHold: true,
	settlesLater: false,
	redirects: false,
}
const BANK: MethodTerms = {
	...CARD,
	type: 'us_bank_account',
	limits: { usd: { minMinor: 50n, maxMinor: null } },
	countries: ['US'],
	canHold: false,
	settlesLater: true,
}
const first: OfferingGateway = {
	name: 'first',
	title: 'First',
	state: 'test',
	methods: [CARD, BANK, { ...CARD, type: 'apple_pay' }],
}
const second: OfferingGateway = {
	name: 'second',
	title: 'Second',
	state: 'sandbox',
	methods: [{ ...CARD, limits: { usd: { minMinor: 1n, maxMinor: null } } }],
}
const unconnected: OfferingGateway = {
	name: 'third',
	title: 'Third',
	state: 'missing_key',
	methods: [{ ...CARD, type: 'paypal', redirects: true }],
}
const GATEWAYS = [first, second, unconnected]

const QUERY: OfferQuery = { amountMinor: 1_000n, currency: 'usd', country: 'US', capture: 'automatic' }
const setting = (changes: Partial<MethodSetting>): MethodSetting => ({
	...{ gateway: 'first', type: 'card', isOn: true, countries: null, limits: {} },
	...changes,
})
const offer = (query: Partial<OfferQuery> = {}, settings: readonly MethodSetting[] = []) =>
	offerMethods({ ...QUERY, ...query }, { gateways: GATEWAYS, settings })
const offered = (...of: Parameters<typeof offer>) =>
	Object.fromEntries(
		offer(...of)
			.filter(({ takers }) => takers.length > 0)
			.map(({ type, takers }) => [type, takers.map(({ gateway }) => gateway.name)]),
	)

describe('what is offered', () => {
	test('everything known, wallets first and bank accounts last', () => {
		expect(offer().map(({ type }) => type)).toEqual(['apple_pay', 'card', 'paypal', 'us_bank_account'])
	})

	test.each<[string, Partial<OfferQuery>, MethodSetting[], Record<string, string[]>]>([
		[
			'all that fits, by each gateway that takes it',
			{},
			[],
			{ apple_pay: ['first'], card: ['first', 'second'], us_bank_account: ['first'] },
		],
		[
			'an unknown country judges nothing',
			{ country: null },
			[],
			{ apple_pay: ['first'], card: ['first', 'second'], us_bank_account: ['first'] },
		],
		['only where the payer is', { country: 'DE' }, [], { apple_pay: ['first'], card: ['first', 'second'] }],
		['only in their currencies', { currency: 'jpy' }, [], { apple_pay: ['first'], card: ['first'] }],
		['only from their least amounts', { amountMinor: 49n }, [], { card: ['second'] }],
		[
			'up to their greatest',
			{ amountMinor: 100_000_000n },
			[],
			{ card: ['second'], us_bank_account: ['first'] },
		],
		['only what can be held', { capture: 'manual' }, [], { apple_pay: ['first'], card: ['first', 'second'] }],
		[
			'not what the merchant switched off, at that gateway',
			{},
			[setting({ isOn: false })],
			{ apple_pay: ['first'], card: ['second'], us_bank_account: ['first'] },
		],
		[
			'not where the merchant does not sell',
			{},
			[setting({ countries: ['DE', 'FR'] }), setting({ gateway: 'second', countries: ['US'] })],
			{ apple_pay: ['first'], card: ['second'], us_bank_account: ['first'] },
		],
		[
			'only within the merchant’s own limits of that currency',
			{},
			[
				setting({ limits: { usd: { minMinor: 1_001n, maxMinor: null } } }),
				setting({ gateway: 'second', limits: { usd: { minMinor: null, maxMinor: 999n } } }),
				setting({ type: 'apple_pay', limits: { jpy: { minMinor: 5_000n, maxMinor: null } } }),
			],
			{ apple_pay: ['first'], us_bank_account: ['first'] },
		],
	])('%s', (_, query, settings, expected) => {
		expect(offered(query, settings)).toEqual(expected)
	})

	test.each(['constructor', 'toString', '__proto__'])('%s is no currency of anybody', (currency) => {
		expect(offered({ currency })).toEqual({})
	})
})

describe('why it is not', () => {
	const reasons = (query: Partial<OfferQuery>, settings: readonly MethodSetting[] = []) =>
		offer(query, settings).flatMap(({ type, refusals }) =>
			refusals.map(({ gateway, refusal }) => refusalWords(type, gateway, refusal, { ...QUERY, ...query })),
		)

	test.each<[string, Partial<OfferQuery>, MethodSetting[]]>([
		['Third is not connected: its keys are missing.', {}, []],
		['First takes Card payments from 0.50 USD.', { amountMinor: 49n }, []],
		['First takes Card payments from 50 JPY.', { amountMinor: 49n, currency: 'jpy' }, []],
		['First takes Card payments up to 999999.99 USD.', { amountMinor: 100_000_000n }, []],
		['First does not take US bank account payments in JPY.', { currency: 'jpy' }, []],
		['First does not take US bank account payments from DE.', { country: 'DE' }, []],
		['Money paid by US bank account cannot be held first and captured later.', { capture: 'manual' }, []],
		['Card through First is switched off in your settings.', {}, [setting({ isOn: false })]],
		['Your settings do not allow Card payments from US.', {}, [setting({ countries: ['DE'] })]],
		[
			'Your settings allow Card payments through First up to 5.00 USD.',
			{},
			[setting({ limits: { usd: { minMinor: null, maxMinor: 500n } } })],
		],
	])('%s', (sentence, query, settings) => {
		expect(reasons(query, settings)).toContain(sentence)
	})
})

describe('a payment by one method', () => {
	const require = (
		query: Partial<OfferQuery>,
		choice: Partial<MethodChoice>,
		settings: MethodSetting[] = [],
	) =>
		requireMethod(
			{ ...QUERY, ...query },
			{ type: 'card', gateway: 'first', ...choice },
			{ gateways: GATEWAYS, settings },
		)

	test.each<[string, Partial<OfferQuery>, Partial<MethodChoice>, MethodSetting[]]>([
		['a card', {}, {}, []],
		['a method nobody named yet, small enough for one of them', {}, { type: null }, []],
		['below one gateway’s minimum, but not the other’s', { amountMinor: 10n }, { gateway: null }, []],
		[
			'a method nobody named yet, although cards are off: it may be none',
			{},
			{ type: null },
			[setting({ isOn: false })],
		],
	])('%s is taken', (_, ...of) => {
		expect(() => require(...of)).not.toThrow()
	})

	test.each<[string, string, Partial<OfferQuery>, Partial<MethodChoice>, MethodSetting[]]>([
		['amount_too_small', 'amount', { amountMinor: 49n }, {}, []],
		['amount_too_small', 'amount', { amountMinor: 49n }, { type: null }, []],
		['amount_too_large', 'amount', { amountMinor: 100_000_000n }, {}, []],
		['payment_method_not_offered', 'currency', { currency: 'eur' }, {}, []],
		['payment_method_not_offered', 'payment_method', {}, { type: 'paypal', gateway: null }, []],
		['payment_method_not_offered', 'payment_method', {}, { type: 'sepa_debit', gateway: null }, []],
		['payment_method_not_offered', 'payment_method', { country: 'DE' }, { type: 'us_bank_account' }, []],
		['payment_method_not_offered', 'capture_method', { capture: 'manual' }, { type: 'us_bank_account' }, []],
		['payment_method_not_offered', 'payment_method', {}, {}, [setting({ isOn: false })]],
		[
			'payment_method_not_offered',
			'amount',
			{},
			{},
			[setting({ limits: { usd: { minMinor: 2_000n, maxMinor: null } } })],
		],
	])('%s, naming %s', (code, param, ...of) => {
		expect(() => require(...of)).toThrow(
			expect.objectContaining({
				kind: 'invalid',
				code,
				param,
				message: expect.stringMatching(`^${param}: `),
			}),
		)
	})
})
