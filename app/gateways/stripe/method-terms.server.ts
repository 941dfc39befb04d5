import { countries } from '../../domain/countries/country.ts'
import type { AmountLimits, MethodTerms } from '../../domain/methods/method-terms.ts'
import { cardStepOf, isCurrency } from '../../domain/money/currency.ts'
import { fromWire } from './wire-amount.server.ts'

/** Currencies Stripe charges in (docs.stripe.com/currencies). MGA is left out: it does not count in tens. */
const TAKEN =
	'usd aed afn all amd aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp ' +
	'cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr ' +
	'isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr ' +
	'mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos ' +
	'srd szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xof xpf yer zar zmw'

/**
 * Least charges as Stripe counts them (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). Where Stripe
 * names none, the account's settlement currency decides after conversion, which only Stripe can know.
 */
const LEAST_ON_WIRE: Readonly<Record<string, number>> = {
	...{
		usd: 50,
		aed: 200,
		ars: 50,
		aud: 50,
		brl: 50,
		cad: 50,
		chf: 50,
		cop: 50,
		czk: 1_500,
		dkk: 250,
		eur: 50,
	},
	...{ gbp: 30, hkd: 400, huf: 17_500, idr: 50, ils: 50, inr: 50, jpy: 50, krw: 50, mxn: 1_000, myr: 200 },
	...{ nok: 300, nzd: 50, php: 50, pln: 200, ron: 200, rub: 50, sek: 300, sgd: 50, thb: 1_000, zar: 50 },
}

/** Eight digits, apart from three currencies. */
const MOST_ON_WIRE: Readonly<Record<string, number>> = {
	inr: 999_999_999,
	cop: 9_999_999_999,
	idr: 999_999_999_999,
}
const MOST_OF_OTHERS = 99_999_999

/** The greatest amount a card can move that is no more than this on the wire. */
function mostOf(currency: string): bigint {
	const wire = MOST_ON_WIRE[currency] ?? MOST_OF_OTHERS
	const hundreds = fromWire(1, currency) === null ? 100 : 1
	const most = BigInt(Math.floor(wire / hundreds))
	return most - (most % cardStepOf(currency))
}

function limitsOf(currency: string): AmountLimits {
	const least = fromWire(LEAST_ON_WIRE[currency] ?? 0, currency) ?? 0n
	const step = cardStepOf(currency)
	return { minMinor: least > step ? least : step, maxMinor: mostOf(currency) }
}

const CARD_LIMITS: MethodTerms['limits'] = Object.fromEntries(
	TAKEN.split(' ')
		.filter(isCurrency)
		.map((currency) => [currency, limitsOf(currency)]),
)

const only = (currency: string, limits: Partial<AmountLimits> = {}): MethodTerms['limits'] => ({
	[currency]: { ...limitsOf(currency), ...limits },
})

/** Stripe's wallets take payers everywhere except in India. */
const WALLET_COUNTRIES = countries().filter((country) => country !== 'IN')

/** The Single Euro Payments Area: EEA, the countries that joined it, and their territories that belong to it. */
const SEPA_COUNTRIES = (
	'AD AL AT AX BE BG BL CH CY CZ DE DK EE ES FI FR GB GF GG GI GP GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MF ' +
	'MK MQ MT NL NO PL PM PT RE RO RS SE SI SK SM VA YT'
).split(' ')

const CARD: MethodTerms = {
	type: 'card',
	limits: CARD_LIMITS,
	countries: null,
	canHold: true,
	settlesLater: false,
	redirects: false,
}
const wallet = (type: MethodTerms['type']): MethodTerms => ({ ...CARD, type, countries: WALLET_COUNTRIES })
const BANK_DEBIT = { canHold: false, settlesLater: true, redirects: false }

/** What Stripe takes, and on what terms. */
export const STRIPE_METHODS: readonly MethodTerms[] = [
	CARD,
	wallet('apple_pay'),
	wallet('google_pay'),
	wallet('link'),
	{ ...BANK_DEBIT, type: 'us_bank_account', limits: only('usd'), countries: ['US'] },
	// One debit takes 10,000 EUR at most.
	{
		...BANK_DEBIT,
		type: 'sepa_debit',
		limits: only('eur', { maxMinor: 1_000_000n }),
		countries: SEPA_COUNTRIES,
	},
]
