import { expect, test } from 'vitest'
import { captured, openPayPal, requestId } from './paypal-gateway.ts'

const HOUR_MS = 3_600_000
const range = () => ({
	startDate: new Date(Date.now() - HOUR_MS).toISOString(),
	endDate: new Date(Date.now() + HOUR_MS).toISOString(),
})

const cents = (value = '0'): bigint => BigInt(value.replace('.', ''))

test('what is listed adds up to captures less refunds less fees', async () => {
	const paypal = await openPayPal()
	const first = await captured(paypal, { value: '50.00', custom: 'pay_1', invoice: 'INV-1' })
	const second = await captured(paypal, { value: '19.99', custom: 'pay_2' })
	const { result: refund } = await paypal.payments.refundCapturedPayment({
		captureId: first.id,
		paypalRequestId: requestId(),
		body: { amount: { currencyCode: 'EUR', value: '12.34' } },
	})
	const { result } = await paypal.reports.searchTransactions({ ...range(), fields: 'all' })
	const lines = (result.transactionDetails ?? []).map(({ transactionInfo }) => transactionInfo ?? {})
	expect(result.totalItems).toBe(3)
	expect(lines).toMatchObject([
		{
			transactionId: first.id,
			transactionEventCode: 'T0006',
			transactionAmount: { currencyCode: 'EUR', value: '50.00' },
			feeAmount: { value: '-2.24' },
			transactionStatus: 'S',
			customField: 'pay_1',
			invoiceId: 'INV-1',
		},
		{ transactionId: second.id, transactionEventCode: 'T0006', customField: 'pay_2' },
		{
			transactionId: refund.id,
			transactionEventCode: 'T1107',
			transactionAmount: { value: '-12.34' },
			paypalReferenceId: first.id,
			customField: 'pay_1',
		},
	])
	const listed = lines.reduce(
		(sum, line) => sum + cents(line.transactionAmount?.value) + cents(line.feeAmount?.value),
		0n,
	)
	const net = [first, second].reduce(
		(sum, row) => sum + cents(row.sellerReceivableBreakdown?.netAmount?.value),
		0n,
	)
	expect(listed).toBe(net - 1_234n)
})

test('pages, filters and their limits', async () => {
	const paypal = await openPayPal()
	for (let made = 0; made < 3; made++) await captured(paypal)
	const page = (number: number) =>
		paypal.reports.searchTransactions({ ...range(), pageSize: 2, page: number }).then(({ result }) => result)
	expect(await page(1)).toMatchObject({ totalItems: 3, totalPages: 2, page: 1 })
	expect((await page(1)).transactionDetails).toHaveLength(2)
	expect((await page(2)).transactionDetails).toHaveLength(1)
	const refunds = await paypal.reports.searchTransactions({ ...range(), transactionType: 'T1107' })
	expect(refunds.result.totalItems).toBe(0)
	const from = (days: number) => new Date(Date.now() - days * 24 * HOUR_MS).toISOString()
	const search = (query: Record<string, string>) =>
		paypal.api('GET', `/v1/reporting/transactions?${new URLSearchParams(query)}`)
	const wide = await search({ start_date: from(40), end_date: from(1) })
	expect(wide).toMatchObject({
		status: 400,
		body: { name: 'INVALID_REQUEST', details: [{ field: 'end_date' }] },
	})
	expect((await search({ end_date: from(1) })).body.details?.[0]?.field).toBe('start_date')
})

test('the account of the gateway has PayPal’s books', async () => {
	const paypal = await openPayPal()
	const { id, order } = await captured(paypal, { custom: 'pay_1' })
	expect(await paypal.control('GET', '/books')).toMatchObject({
		charges: [],
		paypal: {
			orders: [{ id: order, status: 'COMPLETED' }],
			captures: [{ id, status: 'COMPLETED', custom_id: 'pay_1' }],
			authorizations: [],
			refunds: [],
			disputes: [],
			transactions: [{ transaction_id: id, transaction_event_code: 'T0006' }],
		},
	})
})
