export interface DebitFailure {
	/** What the charge says. */
	failure_code: string
	/** What the PaymentIntent's error says: Stripe has no error code of its own for every failure. */
	code: string
	message: string
}

const named = (code: string, message: string): DebitFailure => ({ failure_code: code, code, message })

const unnamed = (failure_code: string, message: string): DebitFailure => ({
	failure_code,
	code: 'payment_intent_payment_attempt_failed',
	message,
})

const FAILURES = {
	account_closed: named('account_closed', "The customer's bank account has been closed."),
	no_account: named('no_account', "The customer's bank account could not be located."),
	insufficient_funds: named(
		'insufficient_funds',
		"The customer's account has insufficient funds to cover this payment.",
	),
	debit_not_authorized: named(
		'debit_not_authorized',
		'The customer has notified their bank that this payment was unauthorized.',
	),
	charge_exceeds_source_limit: named(
		'charge_exceeds_source_limit',
		"This payment exceeds the account's weekly volume limit.",
	),
	charge_exceeds_weekly_limit: unnamed(
		'charge_exceeds_weekly_limit',
		"This payment exceeds the account's weekly transaction limit.",
	),
	invalid_currency: unnamed(
		'invalid_currency',
		'The bank was unable to process this payment because of its currency.',
	),
	generic_could_not_process: unnamed('generic_could_not_process', 'This payment could not be processed.'),
} satisfies Record<string, DebitFailure>

export type FailureName = keyof typeof FAILURES

export const failureNamed = (name: FailureName): DebitFailure => FAILURES[name]
