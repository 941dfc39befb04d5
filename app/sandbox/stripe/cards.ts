import type { Card, Wallet } from '../books/method-shapes.ts'
import { behaviourOf } from '../cards/behaviours.ts'
import { countryOf } from '../cards/countries.ts'
import { brandOf, fingerprintOf } from '../cards/number.ts'
import type { Desk } from '../sandbox.ts'
import { vault } from './methods.ts'

export interface CardDetails {
	number: string
	expMonth: number
	expYear: number
	hasCvc: boolean
	postalCode: string | null
	wallet?: Wallet
}

const DEBIT = new Set(['4000056655665556', '5200828282828210', '4000058260000005'])
const PREPAID = new Set(['5105105105105100'])

/** The card as the API shows it. The number itself goes to the vault and no further. */
export function keepCard(desk: Desk, details: CardDetails): Card {
	const { number } = details
	const brand = brandOf(number)
	const { failedCheck } = behaviourOf(number)
	return {
		brand,
		checks: {
			address_line1_check: null,
			address_postal_code_check: details.postalCode
				? failedCheck === 'postal_code'
					? 'fail'
					: 'pass'
				: null,
			cvc_check: details.hasCvc ? (failedCheck === 'cvc' ? 'fail' : 'pass') : null,
		},
		country: countryOf(number),
		display_brand: brand,
		exp_month: details.expMonth,
		exp_year: details.expYear,
		fingerprint: vault(desk, fingerprintOf(number), number),
		funding: DEBIT.has(number) ? 'debit' : PREPAID.has(number) ? 'prepaid' : 'credit',
		generated_from: null,
		last4: number.slice(-4),
		networks: { available: [brand], preferred: null },
		regulated_status: 'unregulated',
		three_d_secure_usage: { supported: true },
		wallet: details.wallet ?? null,
	}
}

/** `pm_card_*` ids stand for a card typed in whole, valid until the end of the year after next. */
export function testCard(desk: Desk, number: string, wallet?: Wallet): Card {
	const expYear = new Date(desk.clock.now()).getUTCFullYear() + 2
	const details = { number, expMonth: 12, expYear, hasCvc: wallet === undefined, postalCode: null }
	return keepCard(desk, wallet ? { ...details, wallet } : details)
}
