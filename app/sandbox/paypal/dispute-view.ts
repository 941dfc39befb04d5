import type { PayPalDispute } from '../books/paypal-shapes.ts'
import type { Sandbox } from '../sandbox.ts'
import { captureNamed } from './find.ts'
import { link } from './links.ts'
import { money } from './money.ts'
import { MERCHANT, PAYER } from './parties.ts'
import { written } from './times.ts'

/** PayPal writes the times of disputes with thousandths. */
const precisely = (seconds: number): string => written(seconds).replace('Z', '.000Z')

const STATES = {
	OPEN: 'OPEN_INQUIRIES',
	WAITING_FOR_SELLER_RESPONSE: 'REQUIRED_ACTION',
	UNDER_REVIEW: 'UNDER_PAYPAL_REVIEW',
	RESOLVED: 'RESOLVED',
} as const

export const stateOf = ({ status }: PayPalDispute): string => STATES[status]

export const isAnswerable = ({ status }: PayPalDispute): boolean =>
	status === 'OPEN' || status === 'WAITING_FOR_SELLER_RESPONSE'

/** What a list shows of each. */
export function summarise(sandbox: Sandbox, dispute: PayPalDispute): object {
	const { amount, capture, created, id, reason, stage, status, updated } = dispute
	return {
		dispute_id: id,
		create_time: precisely(created),
		update_time: precisely(updated),
		reason,
		status,
		dispute_state: stateOf(dispute),
		dispute_life_cycle_stage: stage,
		dispute_channel: 'INTERNAL',
		dispute_amount: money(amount),
		disputed_transactions: [{ seller_transaction_id: capture }],
		links: [link(sandbox, 'self', `/v1/customer/disputes/${id}`)],
	}
}

export function viewDispute(sandbox: Sandbox, dispute: PayPalDispute): object {
	const { amount, answerBy, evidences, id, outcome, updated } = dispute
	const lost = outcome === 'RESOLVED_BUYER_FAVOUR'
	const path = `/v1/customer/disputes/${id}`
	return {
		...summarise(sandbox, dispute),
		disputed_transactions: [transaction(sandbox, dispute)],
		...(isAnswerable(dispute) && {
			seller_response_due_date: precisely(answerBy),
			allowed_response_options: { accept_claim: { accept_claim_types: ['REFUND'] } },
		}),
		...(outcome !== null && {
			dispute_outcome: { outcome_code: outcome, ...(lost && { amount_refunded: money(amount) }) },
		}),
		// Only what is settled: a hold is no movement of the dispute, it shows in Transaction Search.
		...(lost && {
			money_movements: [
				{
					affected_party: 'SELLER',
					amount: money(amount),
					initiated_time: precisely(updated),
					type: 'DEBIT',
					reason: 'DISPUTE_SETTLEMENT',
				},
			],
		}),
		...(evidences.length > 0 && {
			evidences: evidences.map(({ date, given, stage }) => ({
				...given,
				source: 'SUBMITTED_BY_SELLER',
				date,
				dispute_life_cycle_stage: stage,
			})),
		}),
		links: [
			link(sandbox, 'self', path),
			...(isAnswerable(dispute)
				? [
						link(sandbox, 'provide_evidence', `${path}/provide-evidence`, 'POST'),
						link(sandbox, 'accept_claim', `${path}/accept-claim`, 'POST'),
					]
				: []),
		],
	}
}

function transaction(sandbox: Sandbox, { capture }: PayPalDispute): object {
	const { amount, created, custom, id, invoice } = captureNamed(sandbox, capture)
	return {
		seller_transaction_id: id,
		create_time: precisely(created),
		transaction_status: 'COMPLETED',
		gross_amount: money(amount),
		...(invoice !== null && { invoice_number: invoice }),
		...(custom !== null && { custom }),
		buyer: { name: `${PAYER.name.given_name} ${PAYER.name.surname}`, payer_id: PAYER.payer_id },
		seller: { email: MERCHANT.email_address, merchant_id: MERCHANT.merchant_id, name: 'Sandbox shop' },
	}
}
