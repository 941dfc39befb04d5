import type { ReturnReason } from '../books/money-shapes.ts'
import type { FailureName } from './failures.ts'

export const DEBIT_TYPES = ['us_bank_account', 'sepa_debit'] as const
export type DebitType = (typeof DEBIT_TYPES)[number]

/** A debit of a bank account that is not listed simply succeeds, after the days the network takes. */
export interface DebitCourse {
	takes?: 'longer' | 'forever'
	failure?: FailureName
	/** Taken back by the payer's bank after it had succeeded. */
	returned?: ReturnReason
}

export const CURRENCIES: Record<DebitType, string> = { us_bank_account: 'usd', sepa_debit: 'eur' }

const DAY = 86_400
const TAKES_SECONDS: Record<DebitType, number> = { us_bank_account: 4 * DAY, sepa_debit: 5 * DAY }
const LONGER_SECONDS = 14 * DAY

export const takesSeconds = (type: DebitType, { takes }: DebitCourse): number =>
	takes === undefined ? TAKES_SECONDS[type] : LONGER_SECONDS
