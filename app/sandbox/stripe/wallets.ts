import type { Billing, Instrument, Wallet } from '../books/method-shapes.ts'
import { numberBehind } from '../cards/test-ids.ts'
import type { Desk } from '../sandbox.ts'
import { testCard } from './cards.ts'
import { NO_BILLING } from './methods.ts'

export const WALLETS = ['apple_pay', 'google_pay', 'link', 'link_card'] as const
export type WalletName = (typeof WALLETS)[number]

export interface Paid {
	instrument: Instrument
	/** The number behind a Link account. */
	linkedCard?: string
}

const LINK_OWNER: Billing = { ...NO_BILLING, email: 'link@sandbox.example', name: 'Lee Link' }

/** A device number of its own stands in for the card's, as the wallets do it. */
const deviceLast4 = (number: string): string => String(9_999 - Number(number.slice(-4))).padStart(4, '0')

function walletOf(name: Exclude<WalletName, 'link'>, number: string): Wallet {
	switch (name) {
		case 'apple_pay':
			return { type: 'apple_pay', apple_pay: {}, dynamic_last4: deviceLast4(number) }
		case 'google_pay':
			return { type: 'google_pay', google_pay: {}, dynamic_last4: deviceLast4(number) }
		case 'link_card':
			return { type: 'link', link: {}, dynamic_last4: null }
	}
}

/** A wallet's payment: a card that says which wallet it came from, or a Link account that says no card at all. */
export function payByWallet(desk: Desk, name: WalletName, number: string, email: string | null): Paid {
	if (name === 'link') {
		const owner = email ?? LINK_OWNER.email ?? ''
		return { instrument: { type: 'link', link: { email: owner } }, linkedCard: number }
	}
	return { instrument: { type: 'card', card: testCard(desk, number, walletOf(name, number)) } }
}

const ID = /^pm_sandbox_(apple_pay|google_pay|link_card|link)(?:_(\w+))?$/

/** `pm_sandbox_apple_pay`, or with a card as Stripe names them: `pm_sandbox_apple_pay_chargeDeclined`. */
export function testWallet(desk: Desk, testId: string): (Paid & { billing: Billing }) | undefined {
	const [, named, card = 'visa'] = ID.exec(testId) ?? []
	const name = WALLETS.find((wallet) => wallet === named)
	const number = numberBehind(`pm_card_${card}`)
	if (!name || number === undefined) return undefined
	const billing = name === 'link' || name === 'link_card' ? LINK_OWNER : NO_BILLING
	return { ...payByWallet(desk, name, number, null), billing }
}
