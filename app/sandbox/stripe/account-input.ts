import { isIban, isTestIban } from '../banks/ibans.ts'
import { isRoutingNumber, TEST_ROUTING } from '../banks/us-accounts.ts'
import type { Debit } from '../books/method-shapes.ts'
import { invalid } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { oneOf, required } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import { keepAccount, keepIban } from './bank-accounts.ts'

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
