import { bankCodeOf, ibanBehind } from '../banks/ibans.ts'
import { accountBehind, TEST_BANK, TEST_ROUTING } from '../banks/us-accounts.ts'
import { newId } from '../books/ids.ts'
import type { Debit, Mandate, PaymentMethod, SepaDebit, UsBankAccount } from '../books/method-shapes.ts'
import type { ChargedWith } from '../books/payment-shapes.ts'
import { fingerprintOf } from '../cards/number.ts'
import type { Desk } from '../sandbox.ts'
import { vault } from './methods.ts'

type Holder = Pick<UsBankAccount, 'account_holder_type' | 'account_type'>

export function keepAccount(desk: Desk, number: string, holder: Holder): Debit {
	return {
		type: 'us_bank_account',
		us_bank_account: {
			...holder,
			bank_name: TEST_BANK,
			financial_connections_account: null,
			fingerprint: vault(desk, fingerprintOf(`${TEST_ROUTING}/${number}`), number),
			last4: number.slice(-4),
			networks: { preferred: 'ach', supported: ['ach'] },
			routing_number: TEST_ROUTING,
			status_details: {},
		},
	}
}

export function keepIban(desk: Desk, iban: string): Debit {
	const sepa_debit: SepaDebit = {
		bank_code: bankCodeOf(iban),
		branch_code: null,
		country: iban.slice(0, 2),
		fingerprint: vault(desk, fingerprintOf(iban), iban),
		generated_from: { charge: null, setup_attempt: null },
		last4: iban.slice(-4),
	}
	return { type: 'sepa_debit', sepa_debit }
}

/** `pm_usBankAccount_…`, `pm_sepaDebit_…` and Stripe's own names of the latter, such as `pm_failed_de`. */
export function testAccount(desk: Desk, testId: string): Debit | undefined {
	const number = accountBehind(testId)
	if (number !== undefined) {
		return keepAccount(desk, number, { account_holder_type: 'individual', account_type: 'checking' })
	}
	const iban = ibanBehind(testId)
	return iban === undefined ? undefined : keepIban(desk, iban)
}

/** The account as the charge shows it, with what it was debited by. */
export function chargedAccount(method: PaymentMethod & Debit, mandate: Mandate, at: number): ChargedWith {
	const expected_debit_date = new Date(at * 1000).toISOString().slice(0, 10)
	if (method.type === 'sepa_debit') {
		const { generated_from: _, ...account } = method.sepa_debit
		return { type: 'sepa_debit', sepa_debit: { ...account, expected_debit_date, mandate: mandate.id } }
	}
	const { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number } =
		method.us_bank_account
	const payment_reference = newId('p', 15).slice(2)
	return {
		type: 'us_bank_account',
		us_bank_account: {
			account_holder_type,
			account_type,
			bank_name,
			expected_debit_date,
			fingerprint,
			last4,
			mandate: mandate.id,
			payment_reference,
			routing_number,
		},
	}
}
