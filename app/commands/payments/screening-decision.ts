import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { ScreeningResult } from '../../domain/fraud/screen-payment.ts'

type Refusal = NonNullable<PaymentRow['error']>

export const BLOCKED: Refusal = {
	type: 'blocked',
	code: 'blocked',
	decline_code: null,
	message: 'This payment was not accepted. Nothing was charged.',
}

/** What screening says of a payment. */
export type Decision =
	/** Not weighed at all: too many tries, or a method that is not offered. Its payer may try another way. */
	| { kind: 'refused'; error: Refusal }
	| { kind: 'blocked'; score: ScreeningResult; error: Refusal }
	/** A person decides before anything is charged, because this method cannot hold money. */
	| { kind: 'waits'; score: ScreeningResult }
	| { kind: 'goes'; score: ScreeningResult; isHeld: boolean }
