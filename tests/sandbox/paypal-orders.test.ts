import { expect, test } from 'vitest'
import {
	approved,
	CANCEL_URL,
	captured,
	created,
	linkOf,
	openPayPal,
	press,
	refusal,
	requestId,
} from './paypal-gateway.ts'

test('an order is created, approved on the page, captured and shown', async () => {
	const paypal = await openPayPal()
	const order = await created(paypal, { custom: 'pay_1', invoice: 'INV-1' })
	expect(order).toMatchObject({ status: 'PAYER_ACTION_REQUIRED', intent: 'CAPTURE' })
	const id = String(order.id)
	const early = await refusal(paypal.orders.captureOrder({ id, paypalRequestId: requestId() }))
	expect(early).toMatchObject({ status: 422, issue: 'ORDER_NOT_APPROVED' })

	const back = await press(linkOf(order.links, 'payer-action'), 'pay')
	expect(back.status).toBe(303)
	expect(back.headers.get('location')).toBe(
		`http://shop.test/thanks?order=1&token=${id}&PayerID=SBXBUYER00001`,
	)
	const { result: seen } = await paypal.orders.getOrder({ id })
	expect(seen).toMatchObject({ status: 'APPROVED', payer: { payerId: 'SBXBUYER00001' } })

	const { result: paid, statusCode } = await paypal.orders.captureOrder({ id, paypalRequestId: requestId() })
	expect(statusCode).toBe(201)
	expect(paid.status).toBe('COMPLETED')
	expect(paid.purchaseUnits?.[0]?.payments?.captures?.[0]).toMatchObject({
		status: 'COMPLETED',
		amount: { currencyCode: 'EUR', value: '50.00' },
		customId: 'pay_1',
		invoiceId: 'INV-1',
		finalCapture: true,
		// 3.49 % of 50.00 is 1.745, rounded to 1.75, and 0.49.
		sellerReceivableBreakdown: {
			grossAmount: { value: '50.00' },
			paypalFee: { value: '2.24' },
			netAmount: { value: '47.76' },
		},
	})
	const again = await refusal(paypal.orders.captureOrder({ id, paypalRequestId: requestId() }))
	expect(again).toMatchObject({ status: 422, issue: 'ORDER_ALREADY_CAPTURED' })
})

test('a cancelled order can still be paid', async () => {
	const paypal = await openPayPal()
	const order = await created(paypal)
	const page = linkOf(order.links, 'payer-action')
	const back = await press(page, 'cancel')
	expect(back.headers.get('location')).toBe(`${CANCEL_URL}?token=${order.id}`)
	expect((await paypal.orders.getOrder({ id: String(order.id) })).result.status).toBe('PAYER_ACTION_REQUIRED')
	await press(page, 'pay')
	expect((await paypal.orders.getOrder({ id: String(order.id) })).result.status).toBe('APPROVED')
})

test('refunds: in part, not beyond what is left, in full, and no more', async () => {
	const paypal = await openPayPal()
	const { id: captureId } = await captured(paypal)
	const refund = (value?: string) =>
		paypal.payments.refundCapturedPayment({
			captureId,
			paypalRequestId: requestId(),
			prefer: 'return=representation',
			...(value !== undefined && { body: { amount: { currencyCode: 'EUR', value } } }),
		})
	const { result: first } = await refund('20.00')
	expect(first).toMatchObject({
		status: 'COMPLETED',
		amount: { value: '20.00' },
		sellerPayableBreakdown: { paypalFee: { value: '0.00' }, totalRefundedAmount: { value: '20.00' } },
	})
	expect(await refusal(refund('30.01'))).toMatchObject({ status: 422, issue: 'REFUND_AMOUNT_EXCEEDED' })
	const state = async () => (await paypal.payments.getCapturedPayment({ captureId })).result.status
	expect(await state()).toBe('PARTIALLY_REFUNDED')
	expect((await refund()).result.amount?.value).toBe('30.00')
	expect(await state()).toBe('REFUNDED')
	expect(await refusal(refund())).toMatchObject({ issue: 'CAPTURE_FULLY_REFUNDED' })
	const shown = await paypal.payments.getRefund({ refundId: String(first.id) })
	expect(shown.result).toMatchObject({ id: first.id, status: 'COMPLETED' })
})

test('a declined account is offered another way to pay, on the same order', async () => {
	const paypal = await openPayPal()
	const id = await approved(paypal, {}, 'declined')
	const declined = await refusal(paypal.orders.captureOrder({ id, paypalRequestId: requestId() }))
	expect(declined).toMatchObject({ status: 422, issue: 'INSTRUMENT_DECLINED' })
	expect((await paypal.orders.getOrder({ id })).result.status).toBe('PAYER_ACTION_REQUIRED')
	await press(linkOf(declined.result.links, 'payer-action'), 'pay')
	const { result } = await paypal.orders.captureOrder({ id, paypalRequestId: requestId() })
	expect(result.status).toBe('COMPLETED')
	expect(paypal.books.paypalCaptures.size).toBe(1)
})
