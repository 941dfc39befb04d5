import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sendDisputeAnswer } from '#jobs/catalog/disputes.ts'
import { processPayment, sendRefund } from '#jobs/catalog/payments.ts'
import { writeEvidence } from '#app/commands/disputes/write-evidence.server.ts'
import { settleOutcomes } from '#app/commands/payments/settle-outcomes.server.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { advance, caseAtGateway, caseOf, storyOf, tell } from '../disputes/cases.ts'
import { EVERY_INVARIANT, violations } from '../ledger/invariants.ts'
import { attentionOn, onlyAttempt, paymentOf, runNow } from '../payments/by-hand.ts'
import { refundAtGateway, refundOf, refundsOf, takeRefund, tellOf } from '../refunds/by-hand.ts'
import { apply } from '../webhooks/messages.ts'
import { booksOf, confirm, movedSince, order, publish, quotedPayment, takeQuote } from './by-hand.ts'

let house: House
let before: Record<string, bigint>
/** Each newer than the one before, the last of today. */
const days = Array.from({ length: 10 }, (_, ago) =>
	new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10),
)
const publishNewer = (rates: Record<string, string>) => publish(house, days.pop() ?? '', rates)

beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
	await publishNewer({ usd: '1.1', jpy: '165' })
})
afterAll(() => house.close())
beforeEach(async () => {
	before = await booksOf(house)
})
afterEach(async () => {
	// Jobs of later questions lie in the queue of a house without a worker.
	expect(
		await violations(
			house.owner,
			EVERY_INVARIANT.filter((name) => name !== 'I20'),
		),
	).toEqual([])
})

const moved = () => movedSince(house, before)

test('a capture leaves the merchant with the order’s amount in their own currency, and nothing in the shopper’s', async () => {
	const { paymentId, quote } = await quotedPayment(house, 'jpy')
	// 24.00 USD at 150 yen and 1.5 % is 3,654 yen.
	expect(quote).toMatchObject({
		settlement: { amount: 2_400, currency: 'usd' },
		presentment: { amount: 3_654, currency: 'jpy' },
		rate: '152.25',
	})
	const payment = await paymentOf(house, paymentId)
	expect(payment).toMatchObject({
		status: 'succeeded',
		amount_minor: 3_654n,
		captured_minor: 3_654n,
		currency: 'jpy',
		fx_quote_id: quote.id,
	})
	const change = await moved()
	const fee = change['fees jpy'] ?? 0n
	expect(fee).toBeGreaterThan(0n)
	expect(change).toEqual({
		'gateway_clearing jpy': 3_654n - fee,
		'fees jpy': fee,
		'fx_clearing jpy': -3_654n,
		'fx_clearing usd': 2_400n,
		'merchant_balance usd': -2_400n,
	})
})

describe('a refund', () => {
	test('at unchanged rates undoes the exchange, in parts that add up to the whole', async () => {
		const { paymentId } = await quotedPayment(house, 'eur')
		const { captured_minor: captured } = await paymentOf(house, paymentId)
		before = await booksOf(house)
		for (const part of [1, 2, 333, 500]) await takeRefund(house, paymentId, part)
		await takeRefund(house, paymentId, Number(captured) - 836)
		await runNow(house, sendRefund)
		const refunds = await refundsOf(house, paymentId)
		expect(refunds.map(({ status }) => status)).toEqual(Array(5).fill('succeeded'))
		expect(refunds.every(({ fx_result_minor }) => fx_result_minor === 0n)).toBe(true)
		expect(refunds.reduce((sum, row) => sum + (row.settlement_minor ?? 0n), 0n)).toBe(2_400n)
		expect(await moved()).toEqual({
			'gateway_clearing eur': -captured,
			'fx_clearing eur': captured,
			'fx_clearing usd': -2_400n,
			'merchant_balance usd': 2_400n,
		})
	})

	test('after the shopper’s currency became dearer costs the merchant what it brought, and the house a loss', async () => {
		const { paymentId } = await quotedPayment(house, 'jpy')
		await publishNewer({ usd: '1.1', jpy: '150' })
		before = await booksOf(house)
		const id = await takeRefund(house, paymentId, 1_827)
		await runNow(house, sendRefund)
		// Half of it: 12.00 USD at 150 yen a dollar, bought back at 136.36 yen.
		expect(await refundOf(house, id)).toMatchObject({
			status: 'succeeded',
			settlement_minor: 1_200n,
			settlement_currency: 'usd',
			fx_result_minor: 120n,
		})
		expect(await moved()).toEqual({
			'gateway_clearing jpy': -1_827n,
			'fx_clearing jpy': 1_827n,
			'fx_clearing usd': -1_320n,
			'fx_result usd': 120n,
			'merchant_balance usd': 1_200n,
		})
		await publishNewer({ usd: '1.1', jpy: '180' })
		const rest = await takeRefund(house, paymentId, 1_827)
		// And the other half cheaper: 163.64 yen a dollar.
		expect(await refundOf(house, rest)).toMatchObject({ settlement_minor: 1_200n, fx_result_minor: -100n })
		await runNow(house, sendRefund)
	})

	test('that fails puts back exactly what it took, whatever rates do meanwhile', async () => {
		const { paymentId } = await quotedPayment(house, 'jpy', 'pm_card_refundFail')
		await publishNewer({ usd: '1.1', jpy: '171' })
		before = await booksOf(house)
		const id = await takeRefund(house, paymentId, 1_001)
		await runNow(house, sendRefund)
		expect(await refundOf(house, id)).toMatchObject({ status: 'succeeded' })
		await publishNewer({ usd: '1.1', jpy: '155' })
		await advance(house)
		const { provider_ref: ref } = await refundOf(house, id)
		await apply(house, await tellOf(house, String(ref), 'refund.failed'))
		expect(await refundOf(house, id)).toMatchObject({ status: 'failed' })
		expect(await moved()).toEqual({})
	})

	test('made at the gateway’s dashboard is converted as our own', async () => {
		const { paymentId } = await quotedPayment(house, 'eur')
		before = await booksOf(house)
		await apply(house, await tellOf(house, await refundAtGateway(house, paymentId, 700)))
		const [refund] = await refundsOf(house, paymentId)
		expect(refund).toMatchObject({ status: 'succeeded', made_at_gateway: true, settlement_currency: 'usd' })
		const change = await moved()
		expect(change['merchant_balance usd']).toBe(refund?.settlement_minor)
		expect(change['merchant_balance eur']).toBeUndefined()
	})

	test('asked for ten times at once takes ten shares of one whole', async () => {
		const { paymentId } = await quotedPayment(house, 'eur')
		const { captured_minor: captured } = await paymentOf(house, paymentId)
		const rest = Number(captured) - 9 * 7
		await Promise.all([...Array<number>(9).fill(7), rest].map((part) => takeRefund(house, paymentId, part)))
		const refunds = await refundsOf(house, paymentId)
		expect(refunds.reduce((sum, row) => sum + (row.settlement_minor ?? 0n), 0n)).toBe(2_400n)
		await runNow(house, sendRefund)
	})
})

describe('a dispute', () => {
	const disputed = async (card: string) => {
		const { paymentId } = await quotedPayment(house, 'jpy', card)
		before = await booksOf(house)
		await advance(house)
		const { id: ref } = await caseAtGateway(house, paymentId)
		await tell(house, ref, 'created')
		return { paymentId, ref, dispute: await caseOf(house, paymentId) }
	}

	test('that is won gives the merchant back exactly what it had taken', async () => {
		const { paymentId, ref, dispute } = await disputed('pm_card_createDispute')
		expect(dispute).toMatchObject({ funds: 'held', settlement_minor: 2_400n, settlement_currency: 'usd' })
		const held = await moved()
		expect(held['merchant_balance usd']).toBe(2_400n)
		expect(held['merchant_balance jpy']).toBeUndefined()
		await publishNewer({ usd: '1.1', jpy: '160' })
		await writeEvidence(house.services, {
			merchantId: house.demo.merchantId,
			disputeId: dispute.id,
			actor: { kind: 'console', ref: 'usr_1' },
			changes: { uncategorized_text: 'winning_evidence' },
			submit: true,
		})
		await runNow(house, sendDisputeAnswer)
		await advance(house)
		await tell(house, ref, 'closed')
		expect(await caseOf(house, paymentId)).toMatchObject({ status: 'won', funds: 'returned' })
		const fee = (await moved())['fees jpy'] ?? 0n
		expect(await moved()).toEqual(fee === 0n ? {} : { 'fees jpy': fee, 'gateway_clearing jpy': -fee })
		const { posted, audit } = await storyOf(house, dispute.id, paymentId)
		expect(posted).toEqual(['dispute_open', 'conversion_back', 'dispute_won', 'conversion_undone'])
		expect(audit).toEqual(expect.arrayContaining(['dispute.conversion_back', 'dispute.conversion_undone']))
	})

	test('that is lost costs the merchant the order’s amount', async () => {
		const { paymentId, ref, dispute } = await disputed('pm_card_createDispute')
		await writeEvidence(house.services, {
			merchantId: house.demo.merchantId,
			disputeId: dispute.id,
			actor: { kind: 'console', ref: 'usr_1' },
			changes: { uncategorized_text: 'losing_evidence' },
			submit: true,
		})
		await runNow(house, sendDisputeAnswer)
		await advance(house)
		await tell(house, ref, 'closed')
		expect(await caseOf(house, paymentId)).toMatchObject({ status: 'lost', funds: 'lost' })
		const change = await moved()
		expect(change['merchant_balance usd']).toBe(2_400n)
		expect(change['merchant_balance jpy']).toBeUndefined()
		expect(change['disputed_funds jpy']).toBeUndefined()
	})
})

test('an older try that took money after the order changed its currency is never booked: a person looks', async () => {
	const sessionId = await order(house)
	const quote = await takeQuote(house, sessionId, 'jpy')
	const declined = { confirmation_token: 'pm_card_visa_chargeDeclined', quote_id: quote.id }
	const { body } = await confirm(house, sessionId, declined)
	const { id } = body['payment'] as { id: string }
	await runNow(house, processPayment)
	const { id: attemptId } = await onlyAttempt(house, id)
	await confirm(house, sessionId, { confirmation_token: 'pm_card_visa' })
	await runNow(house, processPayment)
	const paid = await paymentOf(house, id)
	expect(paid).toMatchObject({
		status: 'succeeded',
		captured_minor: 2_400n,
		currency: 'usd',
		fx_quote_id: null,
	})
	before = await booksOf(house)
	await settleOutcomes(house.services, [
		{
			attemptId,
			outcome: {
				kind: 'captured',
				ref: `pi_${attemptId}`,
				chargeRef: null,
				amountMinor: BigInt(quote.presentment.amount),
				currency: 'jpy',
				feeMinor: null,
			},
			cause: { kind: 'webhook', ref: 'evt_late' },
			job: null,
		},
	])
	expect(await attentionOn(house, id)).toEqual(['late_money'])
	expect(await paymentOf(house, id)).toMatchObject({ captured_minor: 2_400n, currency: 'usd' })
	expect(await moved()).toEqual({})
})
