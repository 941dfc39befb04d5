import type Stripe from 'stripe'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import type { MethodFacts } from '../../domain/payments/ports.ts'

/** A stored method, or what a confirmation token will become: both have these parts. */
type Described = Pick<Stripe.PaymentMethod, 'type'> &
	Partial<Pick<Stripe.PaymentMethod, 'card' | 'us_bank_account' | 'sepa_debit'>>

const NOTHING = { brand: null, last4: null, expMonth: null, expYear: null, country: null, fingerprint: null }

const WALLETS: Readonly<Record<string, MethodType>> = {
	apple_pay: 'apple_pay',
	google_pay: 'google_pay',
	link: 'link',
}

function cardFacts(card: Stripe.PaymentMethod.Card): MethodFacts {
	return {
		type: WALLETS[card.wallet?.type ?? ''] ?? 'card',
		brand: card.brand,
		last4: card.last4,
		expMonth: card.exp_month,
		expYear: card.exp_year,
		country: card.country,
		fingerprint: card.fingerprint ?? null,
	}
}

/** Stripe's payment method in our words; null for a kind the house does not take. */
export function readMethod({ type, card, us_bank_account, sepa_debit }: Described): MethodFacts | null {
	if (card) return cardFacts(card)
	if (us_bank_account) {
		const { bank_name: brand, last4, fingerprint } = us_bank_account
		return { ...NOTHING, type: 'us_bank_account', brand, last4, country: 'US', fingerprint }
	}
	if (sepa_debit) {
		const { bank_code: brand, last4, country, fingerprint } = sepa_debit
		return { ...NOTHING, type: 'sepa_debit', brand, last4, country, fingerprint }
	}
	return type === 'link' ? { ...NOTHING, type: 'link' } : null
}
