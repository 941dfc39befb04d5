import type { DebitCourse } from './debits.ts'

/** The one bank there is: the routing number of Stripe's test accounts. */
export const TEST_ROUTING = '110000000'
export const TEST_BANK = 'STRIPE TEST BANK'

/** Account by account what Stripe's testing page promises; the last one is the sandbox's own. */
const ACCOUNTS: Record<string, { number: string; course: DebitCourse }> = {
	success: { number: '000123456789', course: {} },
	accountClosed: { number: '000111111113', course: { failure: 'account_closed' } },
	noAccount: { number: '000111111116', course: { failure: 'no_account' } },
	insufficientFunds: { number: '000222222227', course: { failure: 'insufficient_funds' } },
	debitNotAuthorized: { number: '000333333335', course: { failure: 'debit_not_authorized' } },
	invalidCurrency: { number: '000444444440', course: { failure: 'invalid_currency' } },
	dispute: { number: '000555555559', course: { returned: 'debit_not_authorized' } },
	processing: { number: '000000000009', course: { takes: 'forever' } },
	returned: { number: '000777777771', course: { returned: 'insufficient_funds' } },
}

const ID = /^pm_(?:sandbox_)?usBankAccount_(\w+)$/

/** The account behind `pm_usBankAccount_success`. */
export const accountBehind = (testId: string): string | undefined =>
	ACCOUNTS[ID.exec(testId)?.[1] ?? '']?.number

export const usCourse = (number: string): DebitCourse =>
	Object.values(ACCOUNTS).find((account) => account.number === number)?.course ?? {}

/** Every third digit counts 3, 7 and 1 times; the sum of a routing number ends in 0. */
export function isRoutingNumber(text: string): boolean {
	if (!/^\d{9}$/.test(text)) return false
	const weights = [3, 7, 1]
	const sum = [...text].reduce((total, digit, place) => total + Number(digit) * (weights[place % 3] ?? 0), 0)
	return sum % 10 === 0
}
