import type { MethodType } from './method-terms.ts'

/** Approved at the company's own site: there is no form of ours, and so no token of one. */
export const isApprovedElsewhere = (type: MethodType): boolean => type === 'paypal'

/** The bank is told today and pays days later, when the payer has long gone. */
export const isBankDebit = (type: MethodType): type is 'us_bank_account' | 'sepa_debit' =>
	type === 'us_bank_account' || type === 'sepa_debit'

/** One press of a button the device knows the payer by. */
export const isWallet = (type: MethodType): type is 'apple_pay' | 'google_pay' | 'link' =>
	type === 'apple_pay' || type === 'google_pay' || type === 'link'
