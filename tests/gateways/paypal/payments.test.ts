import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChargeRequest, GatewayOutcome } from '#app/domain/payments/ports.ts'
import { answerPage, openTwin, request, type Twin } from './twin.ts'

let twin: Twin
beforeAll(async () => {
	twin = await openTwin()
})
afterAll(() => twin.close())

const payments = () => twin.gateway.payments
const ORDERS = '/paypal/v2/checkout/orders'

async function sent(asked: ChargeRequest): Promise<{ ref: string; url: string | null }> {
	const outcome = await payments().charge(asked)
	if (outcome.kind !== 'action_needed')
		throw new Error(`not sent to PayPal: ${JSON.stringify(outcome, shown)}`)
	return outcome
}

const shown = (_key: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)

async function approved(asked: ChargeRequest, course?: string): Promise<string> {
	const { ref, url } = await sent(asked)
	await answerPage(url, 'pay', course)
	return ref
}

const find = ({ attemptId }: ChargeRequest, ref: string | null) =>
	payments().findOutcome({ attemptId, ref, startedAt: new Date() })

describe('a PayPal account', () => {
	test('is charged once its owner has approved, with PayPal’s fee', async () => {
		const asked = request()
		const { ref, url } = await sent(asked)
		expect(url).toContain(ref)
		expect(await find(asked, ref)).toEqual({ kind: 'action_needed', ref, url })
		await answerPage(url, 'pay')
		expect(await find(asked, ref)).toEqual({ kind: 'approved', ref })
		const taken = await payments().complete(asked, { ref, approval: 1 })
		expect(taken).toEqual({
			kind: 'captured',
			ref,
			chargeRef: expect.any(String),
			amountMinor: 5_000n,
			currency: 'eur',
			feeMinor: 224n,
		})
		expect(await find(asked, ref)).toEqual(taken)
		expect(await payments().complete(asked, { ref, approval: 1 })).toEqual(taken)
		expect(await payments().complete(asked, { ref, approval: 2 })).toEqual(taken)
	})

	test('whose source is declined may choose another for the same order', async () => {
		const asked = request()
		const ref = await approved(asked, 'declined')
		const answer = await payments().complete(asked, { ref, approval: 1 })
		expect(answer).toMatchObject({ kind: 'action_needed', ref, url: expect.stringContaining(ref) })
		await answerPage(answer.kind === 'action_needed' ? answer.url : null, 'pay')
		expect(await payments().complete(asked, { ref, approval: 2 })).toMatchObject({ kind: 'captured', ref })
	})

	test('is not charged before its owner approved', async () => {
		const asked = request()
		const { ref, url } = await sent(asked)
		expect(await payments().complete(asked, { ref, approval: 1 })).toEqual({
			kind: 'action_needed',
			ref,
			url,
		})
	})

	test('may take days to pay', async () => {
		const asked = request()
		const ref = await approved(asked, 'pending')
		expect(await payments().complete(asked, { ref, approval: 1 })).toEqual({ kind: 'processing', ref })
		expect(await find(asked, ref)).toEqual({ kind: 'processing', ref })
	})

	test('that nobody is there to approve is not even asked for', async () => {
		expect(await payments().charge(request({ payerPresent: false }))).toMatchObject({
			kind: 'declined',
			ref: null,
			code: 'payer_required',
			message: expect.stringContaining('Nothing was charged.'),
		})
	})
})

describe('a card by token', () => {
	const card = (method: string, changes: Partial<ChargeRequest> = {}) =>
		payments().charge(request({ method, payerPresent: false, ...changes }))

	test('is charged at once', async () => {
		expect(await card('sut_visa')).toMatchObject({ kind: 'captured', amountMinor: 5_000n, feeMinor: 224n })
	})

	test('the bank’s own code decides the words', async () => {
		expect(await card('sut_insufficient_funds')).toEqual({
			kind: 'declined',
			ref: expect.any(String),
			code: 'PAYMENT_DENIED',
			declineCode: '5120',
			message: 'The card does not have enough funds. Nothing was charged. Try another card.',
		})
	})

	test.each([
		['sut_declined', 'automatic', '0500'],
		['sut_declined', 'manual', '0500'],
	] as const)('%s, %s: declined', async (method, capture, declineCode) => {
		expect(await card(method, { capture })).toMatchObject({ kind: 'declined', declineCode })
	})

	test('is charged after the bank’s question', async () => {
		const asked = request({ method: 'sut_3ds' })
		const ref = await approved(asked)
		expect(await find(asked, ref)).toEqual({ kind: 'approved', ref })
		expect(await payments().complete(asked, { ref, approval: 1 })).toMatchObject({ kind: 'captured', ref })
	})

	test('is not charged when whoever answers the bank is not its holder', async () => {
		const asked = request({ method: 'sut_3ds' })
		const { ref, url } = await sent(asked)
		await answerPage(url, 'cancel')
		expect(await find(asked, ref)).toMatchObject({ kind: 'declined', code: 'AUTHENTICATION_FAILED' })
	})
})

describe('a hold', () => {
	async function held(): Promise<ChargeRequest & { ref: string }> {
		const asked = request({ method: 'sut_visa', capture: 'manual' })
		const outcome = await payments().charge(asked)
		expect(outcome).toMatchObject({ kind: 'authorized', amountMinor: 5_000n, currency: 'eur' })
		return { ...asked, ref: outcome.kind === 'authorized' ? outcome.ref : '' }
	}

	test.each([5_000n, 1_200n])('is taken: %i', async (amountMinor) => {
		const { attemptId, ref } = await held()
		const asked = { attemptId, ref, amountMinor, currency: 'eur' }
		const taken = await payments().capture(asked)
		expect(taken).toMatchObject({ kind: 'captured', ref, amountMinor })
		expect(await payments().capture(asked)).toEqual(taken)
		expect(await payments().cancel({ attemptId, ref })).toEqual(taken)
	})

	test('is given up', async () => {
		const { attemptId, ref } = await held()
		expect(await payments().cancel({ attemptId, ref })).toEqual({ kind: 'canceled', ref })
		expect(await payments().cancel({ attemptId, ref })).toEqual({ kind: 'canceled', ref })
		const asked = { attemptId, ref, amountMinor: 5_000n, currency: 'eur' }
		expect(await payments().capture(asked)).toEqual({ kind: 'canceled', ref })
	})

	test('of a PayPal account is made by completing the order', async () => {
		const asked = request({ capture: 'manual' })
		const ref = await approved(asked)
		expect(await payments().complete(asked, { ref, approval: 1 })).toMatchObject({ kind: 'authorized', ref })
	})

	test('an order nobody approved, and one PayPal does not know, are over when we say so', async () => {
		const asked = request()
		const { ref } = await sent(asked)
		expect(await payments().cancel({ attemptId: asked.attemptId, ref })).toEqual({ kind: 'canceled', ref })
		const gone = { attemptId: 'att_none', ref: '0AA00000AA000000A' }
		expect(await payments().cancel(gone)).toEqual({ kind: 'canceled', ref: gone.ref })
	})
})

describe('an answer that got lost', () => {
	test.each(['timeout_after', 'reset', 'truncated', 'malformed', 'error_500_kept'])(
		'%s: unknown, found again, charged once',
		async (fault) => {
			await twin.sandbox.spoilNext([fault], ORDERS)
			const asked = request({ method: 'sut_visa' })
			expect(await payments().charge(asked)).toMatchObject({ kind: 'unknown', ref: null })
			const found = await find(asked, null)
			expect(found).toMatchObject({ kind: 'captured', amountMinor: 5_000n })
			expect(await payments().charge(asked)).toEqual(found)
		},
	)

	test.each(['timeout_before', 'error_429', 'error_500_not_kept', 'conflict_409'])(
		'%s: unknown, and nothing is found',
		async (fault) => {
			await twin.sandbox.spoilNext([fault], ORDERS)
			const asked = request({ method: 'sut_visa' })
			expect(await payments().charge(asked)).toMatchObject({ kind: 'unknown' })
			expect(await find(asked, null)).toBeNull()
			expect(await payments().charge(asked)).toMatchObject({ kind: 'captured' })
		},
	)

	test('to the completion: the order tells', async () => {
		const asked = request()
		const ref = await approved(asked)
		await twin.sandbox.spoilNext(['timeout_after'], ORDERS)
		expect(await payments().complete(asked, { ref, approval: 1 })).toMatchObject({ kind: 'unknown', ref })
		expect(await find(asked, ref)).toMatchObject({ kind: 'captured', ref })
	})

	test('an order PayPal does not know any more leaves the outcome open', async () => {
		expect(await find(request(), '0AA00000AA000000A')).toMatchObject({ kind: 'unknown' })
	})

	test('a wrong key leaves the outcome open', async () => {
		const wrong = await openTwin({ SANDBOX_PAYPAL_SECRET: 'another' })
		const outcome = await wrong.gateway.payments.charge(request())
		expect(outcome).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('access token') })
		await wrong.close()
	})
})

describe('amounts', () => {
	test.each([
		['jpy', 500n],
		['huf', 104_500n],
		['twd', 104_500n],
		['usd', 1_999n],
		['usd', 999_999_999n],
	])('%s %i goes there and back', async (currency, amountMinor) => {
		const answer = await payments().charge(request({ method: 'sut_visa', currency, amountMinor }))
		expect(answer).toMatchObject({ kind: 'captured', currency, amountMinor })
	})

	test.each<[string, bigint, RegExp]>([
		['huf', 104_550n, /whole HUF/],
		['twd', 1n, /whole TWD/],
		['kwd', 5_120n, /no payments in KWD/],
		['isk', 500n, /no payments in ISK/],
	])('%s %i is refused before PayPal is asked', async (currency, amountMinor, words) => {
		const outcome = (await payments().charge(request({ currency, amountMinor }))) as GatewayOutcome & {
			kind: 'declined'
		}
		expect(outcome).toMatchObject({ kind: 'declined', ref: null, code: 'amount_not_supported' })
		expect(outcome.message).toMatch(words)
	})
})

describe('refunds', () => {
	async function paid(): Promise<{ paymentRef: string; attemptId: string }> {
		const asked = request({ method: 'sut_visa' })
		const outcome = await payments().charge(asked)
		if (outcome.kind !== 'captured') throw new Error(outcome.kind)
		return { paymentRef: outcome.ref, attemptId: asked.attemptId }
	}
	let refunds = 0
	const wanted = (paymentRef: string, amountMinor: bigint) => ({
		refundId: `re_${++refunds}_${process.pid}`,
		paymentRef,
		amountMinor,
		currency: 'eur',
		reason: 'requested_by_customer',
	})

	test('in part, never beyond what is left, and once each', async () => {
		const { paymentRef, attemptId } = await paid()
		const part = wanted(paymentRef, 2_000n)
		const made = await payments().refund(part)
		expect(made).toMatchObject({ kind: 'succeeded', amountMinor: 2_000n, currency: 'eur' })
		expect(await payments().refund(part)).toEqual(made)
		expect(await payments().findRefundOf(part)).toEqual(made)
		const ref = made.kind === 'succeeded' ? made.ref : ''
		expect(await payments().findRefund(ref)).toMatchObject({
			ref,
			paymentRef,
			attemptId,
			refundId: part.refundId,
			amountMinor: 2_000n,
			outcome: made,
		})
		expect(await payments().refund(wanted(paymentRef, 3_001n))).toEqual({
			kind: 'failed',
			ref: null,
			reason: 'REFUND_AMOUNT_EXCEEDED',
		})
		expect(await payments().refund(wanted(paymentRef, 3_000n))).toMatchObject({ kind: 'succeeded' })
	})

	test('whose answer got lost is found among those of its charge', async () => {
		const { paymentRef } = await paid()
		const asked = wanted(paymentRef, 1_000n)
		await twin.sandbox.spoilNext(['timeout_after'], '/paypal/v2/payments')
		expect(await payments().refund(asked)).toMatchObject({ kind: 'unknown' })
		expect(await payments().findRefundOf(asked)).toMatchObject({ kind: 'succeeded', amountMinor: 1_000n })
		expect(await payments().findRefundOf({ ...asked, refundId: 're_none' })).toBeNull()
	})

	test('of a charge that took nothing, or of an amount PayPal cannot write, are refused', async () => {
		const { ref } = await sent(request())
		expect(await payments().refund(wanted(ref, 100n))).toMatchObject({ kind: 'failed', ref: null })
		expect(await payments().refund({ ...wanted(ref, 150n), currency: 'huf' })).toMatchObject({
			kind: 'failed',
		})
	})

	test('nobody knows, and one that cannot be taken back', async () => {
		expect(await payments().findRefund('0AA00000AA000000A')).toBeNull()
		expect(await payments().cancelRefund({ refundId: 're_1', ref: 'x' })).toMatchObject({ kind: 'failed' })
	})
})
