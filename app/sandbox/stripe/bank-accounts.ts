import type { Debit, SepaDebit, UsBankAccount } from '../books/method-shapes.ts'
import { bankCodeOf, ibanBehind, isIban, isTestIban } from '../banks/ibans.ts'
import { accountBehind, isRoutingNumber, TEST_BANK, TEST_ROUTING } from '../banks/us-accounts.ts'
import { fingerprintOf } from '../cards/number.ts'
import { invalid } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { oneOf, required } from '../http/read.ts'
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

const onlyTests = (param: string, such: string) =>
	invalid(
		`The sandbox takes test accounts only, such as ${such}.`,
		param,
		'payment_method_invalid_parameter_testmode',
	)

export function readAccount(desk: Desk, form: Form): Debit {
	const routing = required(form, 'routing_number').replaceAll(/\s/g, '')
	const number = required(form, 'account_number').replaceAll(/\s/g, '')
	if (!isRoutingNumber(routing)) {
		throw invalid(
			'The routing number is invalid.',
			'us_bank_account[routing_number]',
			'routing_number_invalid',
		)
	}
	if (!/^\d{4,17}$/.test(number)) {
		throw invalid(
			'The account number is invalid.',
			'us_bank_account[account_number]',
			'account_number_invalid',
		)
	}
	if (routing !== TEST_ROUTING || !number.startsWith('000')) {
		throw onlyTests('us_bank_account[account_number]', `000123456789 with the routing number ${TEST_ROUTING}`)
	}
	return keepAccount(desk, number, {
		account_holder_type: oneOf(form, 'account_holder_type', ['individual', 'company']) ?? 'individual',
		account_type: oneOf(form, 'account_type', ['checking', 'savings']) ?? 'checking',
	})
}

export function readIban(desk: Desk, form: Form): Debit {
	const iban = required(form, 'iban').replaceAll(/\s/g, '').toUpperCase()
	if (!isIban(iban)) throw invalid('The IBAN you entered is invalid.', 'sepa_debit[iban]', 'invalid_number')
	if (!isTestIban(iban)) throw onlyTests('sepa_debit[iban]', 'AT611904300234573201')
	return keepIban(desk, iban)
}
