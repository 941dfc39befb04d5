import type { PayPalDispute, PayPalOrder } from '../books/paypal-shapes.ts'
import { behaviourOf } from '../cards/behaviours.ts'
import type { Desk } from '../sandbox.ts'

export type Cause = Pick<PayPalDispute, 'reason' | 'stage'>

const FRAUD: Cause = { reason: 'UNAUTHORISED', stage: 'CHARGEBACK' }
const NOT_RECEIVED: Cause = { reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED', stage: 'CHARGEBACK' }
const QUESTION: Cause = { reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED', stage: 'INQUIRY' }

const BY_CARD = { fraudulent: FRAUD, product_not_received: NOT_RECEIVED, inquiry: QUESTION }

/** The dispute this payment will bring: chosen on the approval page, or promised by the card's number. */
export function disputeOf({ books }: Desk, { course, source }: PayPalOrder): Cause | undefined {
	if (course === 'dispute') return FRAUD
	if (course === 'inquiry') return QUESTION
	if (source?.kind !== 'card') return undefined
	const { dispute } = behaviourOf(books.paypalCards.get(source.card)?.number ?? '')
	return dispute && BY_CARD[dispute]
}
