import { newId } from '../books/ids.ts'
import type { Charge } from '../books/payment-shapes.ts'
import type { Desk } from '../sandbox.ts'
import { close, withdraw } from './disputing.ts'
import { revoke } from './mandates.ts'
import { courseOf } from './methods.ts'
import { publish } from './publish.ts'

/** The payer's bank takes a debit back after it had succeeded: a dispute that is lost as it is opened. */
export function takeBack(desk: Desk, chargeId: string): void {
	const charge = desk.books.charges.get(chargeId)
	const method = desk.books.methods.get(charge?.payment_method ?? '')
	const reason = method && courseOf(desk, method).returned
	if (!charge || !reason || charge.disputed || charge.refunded) return
	desk.books.charges.put({ ...charge, disputed: true })
	const opened = desk.books.disputes.put({
		id: newId('du'),
		object: 'dispute',
		amount: charge.amount_captured - charge.amount_refunded,
		balance_transactions: [],
		charge: charge.id,
		created: desk.clock.seconds(),
		currency: charge.currency,
		evidence: {},
		// Nobody asks the merchant.
		evidence_details: { due_by: 0, has_evidence: false, past_due: false, submission_count: 0 },
		is_charge_refundable: false,
		livemode: false,
		metadata: {},
		network_reason_code: null,
		payment_intent: charge.payment_intent,
		reason,
		status: 'lost',
	})
	publish(desk, 'charge.dispute.created', opened)
	close(desk, withdraw(desk, opened), 'lost')
	revoke(desk, mandateOf(charge))
}

function mandateOf({ payment_method_details: details }: Charge): string {
	if (details.type === 'us_bank_account') return details.us_bank_account.mandate
	return details.type === 'sepa_debit' ? details.sepa_debit.mandate : ''
}
