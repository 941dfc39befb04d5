import { expect, test } from 'vitest'
import {
	type Answer,
	captured,
	linkOf,
	openPayPal,
	type PayPal,
	refusal,
	requestId,
} from './paypal-gateway.ts'

const DISPUTES = '/v1/customer/disputes'

async function listed({ api }: PayPal, query = ''): Promise<Answer[]> {
	const { body } = await api('GET', `${DISPUTES}${query}`)
	return body['items'] as Answer[]
}

async function disputed(paypal: PayPal, course: string, invoice = 'INV-1') {
	const capture = await captured(paypal, { custom: 'pay_1', invoice }, course)
	const query = `?disputed_transaction_id=${capture.id}`
	await expect.poll(async () => (await listed(paypal, query)).length).toBe(1)
	const [found] = await listed(paypal, query)
	return { capture: capture.id, id: String(found?.['dispute_id']) }
}

const shown = async ({ api }: PayPal, id: string) => (await api('GET', `${DISPUTES}/${id}`)).body

const answer = ({ api }: PayPal, id: string, notes: string) =>
	api('POST', `${DISPUTES}/${id}/provide-evidence`, { evidences: [{ evidence_type: 'OTHER', notes }] })

const typesOf = ({ books }: PayPal) =>
	books.paypalEvents
		.all()
		.map(({ type }) => type)
		.filter((type) => type.startsWith('CUSTOMER.DISPUTE') || type === 'PAYMENT.CAPTURE.REVERSED')

const movesOf = ({ books }: PayPal) =>
	books.paypalTransactions.all().map(({ amount, code }) => [code, amount.minor] as const)

test('a claim freezes the money and waits for the seller', async () => {
	const paypal = await openPayPal()
	const { capture, id } = await disputed(paypal, 'dispute')
	expect(await shown(paypal, id)).toMatchObject({
		dispute_id: id,
		reason: 'UNAUTHORISED',
		status: 'WAITING_FOR_SELLER_RESPONSE',
		dispute_state: 'REQUIRED_ACTION',
		dispute_life_cycle_stage: 'CHARGEBACK',
		dispute_amount: { currency_code: 'EUR', value: '50.00' },
		disputed_transactions: [{ seller_transaction_id: capture, custom: 'pay_1', invoice_number: 'INV-1' }],
	})
	expect(Date.parse(String((await shown(paypal, id))['seller_response_due_date']))).toBeGreaterThan(
		Date.now(),
	)
	expect(movesOf(paypal)).toEqual([
		['T0006', 5_000],
		['T1110', -5_000],
	])
})

test.each([
	['winning_evidence', 'RESOLVED_SELLER_FAVOUR', [['T1111', 5_000]], []],
	[
		'losing_evidence',
		'RESOLVED_BUYER_FAVOUR',
		[
			['T1111', 5_000],
			['T1201', -5_000],
		],
		['PAYMENT.CAPTURE.REVERSED'],
	],
])('%s: %s', async (notes, outcome, moves, reversal) => {
	const paypal = await openPayPal()
	const { capture, id } = await disputed(paypal, 'dispute')
	expect((await answer(paypal, id, notes)).status).toBe(200)
	await expect.poll(async () => (await shown(paypal, id)).status).toBe('RESOLVED')
	expect(await shown(paypal, id)).toMatchObject({ dispute_outcome: { outcome_code: outcome } })
	expect(movesOf(paypal).slice(2)).toEqual(moves)
	expect(typesOf(paypal)).toEqual([
		'CUSTOMER.DISPUTE.CREATED',
		'CUSTOMER.DISPUTE.UPDATED',
		...reversal,
		'CUSTOMER.DISPUTE.RESOLVED',
	])
	expect((await answer(paypal, id, 'late')).body.details?.[0]?.issue).toBe(
		'ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE',
	)
	const refund = paypal.payments.refundCapturedPayment({ captureId: capture, paypalRequestId: requestId() })
	if (reversal.length > 0) {
		expect(await refusal(refund)).toMatchObject({ issue: 'REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK' })
	} else expect((await refund).result.status).toBe('COMPLETED')
})

test('an inquiry takes no money and may be escalated to a claim', async () => {
	const paypal = await openPayPal()
	const { id } = await disputed(paypal, 'inquiry')
	expect(await shown(paypal, id)).toMatchObject({
		status: 'OPEN',
		dispute_life_cycle_stage: 'INQUIRY',
		reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
	})
	expect(movesOf(paypal)).toHaveLength(1)
	await answer(paypal, id, 'escalate_inquiry_evidence')
	await expect.poll(async () => (await shown(paypal, id))['dispute_life_cycle_stage']).toBe('CHARGEBACK')
	expect(movesOf(paypal).at(-1)).toEqual(['T1110', -5_000])
	// Each stage is decided by its own evidence.
	await answer(paypal, id, 'winning_evidence')
	await expect.poll(async () => (await shown(paypal, id)).status).toBe('RESOLVED')
	expect(await shown(paypal, id)).toMatchObject({
		dispute_outcome: { outcome_code: 'RESOLVED_SELLER_FAVOUR' },
	})
})

test('an inquiry that was answered well is closed', async () => {
	const paypal = await openPayPal()
	const { id } = await disputed(paypal, 'inquiry')
	await answer(paypal, id, 'It is at your neighbour’s')
	await expect.poll(async () => (await shown(paypal, id)).status).toBe('RESOLVED')
	expect(await shown(paypal, id)).toMatchObject({ dispute_outcome: { outcome_code: 'CANCELED_BY_BUYER' } })
	expect(movesOf(paypal)).toHaveLength(1)
})

test('evidence may come with files, and a claim may be accepted', async () => {
	const paypal = await openPayPal()
	const { id } = await disputed(paypal, 'inquiry')
	const form = new FormData()
	form.set(
		'input',
		JSON.stringify({
			evidences: [{ evidence_type: 'PROOF_OF_FULFILLMENT', notes: 'escalate_inquiry_evidence' }],
		}),
	)
	form.set('evidence-file', new File(['%PDF-'], 'waybill.pdf', { type: 'application/pdf' }))
	expect((await paypal.api('POST', `${DISPUTES}/${id}/provide-evidence`, form)).status).toBe(200)
	expect(await shown(paypal, id)).toMatchObject({
		evidences: [
			{
				evidence_type: 'PROOF_OF_FULFILLMENT',
				documents: [{ name: 'waybill.pdf' }],
				source: 'SUBMITTED_BY_SELLER',
			},
		],
	})
	await expect.poll(async () => (await shown(paypal, id)).status).toBe('WAITING_FOR_SELLER_RESPONSE')
	const accepted = await paypal.api('POST', `${DISPUTES}/${id}/accept-claim`, { note: 'Sorry' })
	expect(accepted.status).toBe(200)
	expect(linkOf(accepted.body.links, 'self')).toContain(id)
	expect(await shown(paypal, id)).toMatchObject({
		status: 'RESOLVED',
		dispute_outcome: { outcome_code: 'RESOLVED_BUYER_FAVOUR', amount_refunded: { value: '50.00' } },
		money_movements: [{ affected_party: 'SELLER', type: 'DEBIT', reason: 'DISPUTE_SETTLEMENT' }],
	})
})

test('a disputed payment is given back in full or not at all; in full ends the dispute', async () => {
	const paypal = await openPayPal()
	const { capture, id } = await disputed(paypal, 'dispute')
	const refund = (value?: string) =>
		paypal.payments.refundCapturedPayment({
			captureId: capture,
			paypalRequestId: requestId(),
			...(value !== undefined && { body: { amount: { currencyCode: 'EUR', value } } }),
		})
	expect(await refusal(refund('10.00'))).toMatchObject({ status: 422, issue: 'TRANSACTION_DISPUTED' })
	expect((await refund()).result.status).toBe('COMPLETED')
	expect(await shown(paypal, id)).toMatchObject({
		status: 'RESOLVED',
		dispute_outcome: { outcome_code: 'CANCELED_BY_BUYER' },
	})
	expect(movesOf(paypal).reduce((sum, [, minor]) => sum + minor, 0)).toBe(0)
})

test('lists are paged and filtered by what changed since', async () => {
	const paypal = await openPayPal()
	for (const course of ['inquiry', 'dispute', 'dispute']) await disputed(paypal, course, `INV-${requestId()}`)
	const { body } = await paypal.api('GET', `${DISPUTES}?page_size=2`)
	expect(body['items']).toHaveLength(2)
	const next = linkOf(body.links, 'next').split('/paypal')[1]
	const rest = (await paypal.api('GET', String(next))).body
	expect(rest['items']).toHaveLength(1)
	expect(rest.links?.map(({ rel }) => rel)).toEqual(['self'])
	expect(await listed(paypal, '?dispute_state=OPEN_INQUIRIES')).toHaveLength(1)
	const later = new Date(Date.now() + 60_000).toISOString()
	expect(await listed(paypal, `?update_time_after=${later}`)).toHaveLength(0)
	expect(await listed(paypal, `?start_time=${later}`)).toHaveLength(0)
	expect((await paypal.api('GET', `${DISPUTES}?update_time_after=yesterday`)).status).toBe(400)
})
