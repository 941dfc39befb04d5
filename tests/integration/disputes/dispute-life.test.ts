import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeEvidence } from '#app/commands/disputes/write-evidence.server.ts'
import { acceptDispute } from '#app/commands/disputes/accept-dispute.server.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import { checkDispute, discoverDisputes, sendDisputeAnswer } from '#jobs/catalog/disputes.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { replaceGateway } from '#tests/support/replace-gateway.ts'
import { violations } from '../ledger/invariants.ts'
import { attentionOn, balancesOf, chargedPayment, runNow } from '../payments/by-hand.ts'
import { advance, caseAtGateway, caseOf, disputedPayment, storyOf, tell } from './cases.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())

let before: Record<string, bigint>
beforeEach(async () => {
	before = await balancesOf(house)
})

/** What changed in the ledger since the payment was captured; accounts that did not move are left out. */
async function moved(): Promise<Record<string, bigint>> {
	const changes = Object.entries(await balancesOf(house)).map(
		([kind, balance]) => [kind, balance - (before[kind] ?? 0n)] as const,
	)
	return Object.fromEntries(changes.filter(([, change]) => change !== 0n))
}

const CAPTURED = { gateway_clearing: 1_912n, fees: 88n, merchant_balance: -2_000n }
const plus = (a: Record<string, bigint>, b: Record<string, bigint>) =>
	Object.fromEntries(
		[...new Set([...Object.keys(a), ...Object.keys(b)])]
			.map((key) => [key, (a[key] ?? 0n) + (b[key] ?? 0n)] as const)
			.filter(([, value]) => value !== 0n),
	)
const HELD = plus(CAPTURED, {
	disputed_funds: 2_000n,
	fees: 1_500n,
	gateway_clearing: -3_500n,
	merchant_balance: 2_000n,
	dispute_reserve: -2_000n,
})
const GONE = plus(CAPTURED, { fees: 1_500n, gateway_clearing: -3_500n, merchant_balance: 2_000n })

const actor = { kind: 'console', ref: 'usr_1' } as const
const submit = (disputeId: string, text: string) =>
	writeEvidence(house.services, {
		merchantId: house.demo.merchantId,
		disputeId,
		actor,
		changes: { uncategorized_text: text },
		submit: true,
	})

const askRefund = (paymentId: string) =>
	house.call('POST', `/api/v1/payments/${paymentId}/refund`, { amount: 500 })

test('card …0259: opened, held, refund refused, evidence submitted, won, released', async () => {
	const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute')
	expect(dispute).toMatchObject({
		stage: 'dispute',
		status: 'needs_response',
		funds: 'held',
		amount_minor: 2_000n,
		fee_minor: 1_500n,
		reason: 'fraudulent',
		network_reason_code: '10.4',
		is_charge_refundable: false,
	})
	expect(dispute.evidence_due_at).toBeInstanceOf(Date)
	expect(await moved()).toEqual(HELD)

	const refused = await askRefund(paymentId)
	expect(refused.status).toBe(409)
	expect(refused.body['error']).toMatchObject({ code: 'charge_disputed', dispute: dispute.id })

	await submit(dispute.id, 'winning_evidence')
	expect(await caseOf(house, paymentId)).toMatchObject({ requested_operation: 'submit' })
	expect(await runNow(house, sendDisputeAnswer)).toBe(1)
	expect(await caseOf(house, paymentId)).toMatchObject({
		status: 'under_review',
		requested_operation: null,
		evidence_submitted_by: 'console:usr_1',
		evidence_submitted_at: expect.any(Date) as Date,
	})
	expect(await caseAtGateway(house, paymentId)).toMatchObject({
		evidence: { uncategorized_text: 'winning_evidence' },
		evidence_details: { submission_count: 1 },
	})
	await expect(submit(dispute.id, 'once more')).rejects.toMatchObject({ code: 'evidence_already_submitted' })

	await advance(house)
	await tell(house, (await caseAtGateway(house, paymentId)).id, 'closed')
	expect(await caseOf(house, paymentId)).toMatchObject({
		status: 'won',
		funds: 'returned',
		fee_minor: 0n,
		next_check_at: null,
		closed_at: expect.any(Date) as Date,
	})
	expect(await moved()).toEqual(CAPTURED)
	expect(await storyOf(house, dispute.id, paymentId)).toEqual({
		posted: ['dispute_open', 'dispute_won'],
		audit: [
			'dispute.opened',
			'dispute.funds_held',
			'dispute.submit_requested',
			'dispute.under_review',
			'dispute.won',
			'dispute.funds_returned',
		],
		events: ['dispute.created', 'dispute.updated', 'dispute.updated', 'dispute.won'],
	})
})

test('card …2685: lost after evidence; the amount and the fee are gone', async () => {
	const { paymentId, ref, dispute } = await disputedPayment(house, 'pm_card_createDisputeProductNotReceived')
	expect(dispute).toMatchObject({ reason: 'product_not_received', network_reason_code: '13.1' })
	await submit(dispute.id, 'losing_evidence')
	await runNow(house, sendDisputeAnswer)
	await advance(house)
	await tell(house, ref, 'closed')
	expect(await caseOf(house, paymentId)).toMatchObject({ status: 'lost', funds: 'lost', fee_minor: 1_500n })
	expect(await moved()).toEqual(GONE)
	expect((await askRefund(paymentId)).status).toBe(409)
	expect(await storyOf(house, dispute.id, paymentId)).toMatchObject({
		posted: ['dispute_open', 'dispute_lost'],
		events: ['dispute.created', 'dispute.updated', 'dispute.updated', 'dispute.lost'],
	})
})

test('giving up ends the case at once, and costs what was said', async () => {
	const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute')
	await acceptDispute(house.services, { merchantId: house.demo.merchantId, disputeId: dispute.id, actor })
	await expect(submit(dispute.id, 'too late')).rejects.toMatchObject({ code: 'operation_in_progress' })
	await runNow(house, sendDisputeAnswer)
	expect(await caseOf(house, paymentId)).toMatchObject({
		status: 'lost',
		funds: 'lost',
		closed_at: expect.any(Date) as Date,
	})
	expect(await moved()).toEqual(GONE)
	await expect(submit(dispute.id, 'too late')).rejects.toMatchObject({ code: 'dispute_not_open' })
})

describe('card …1976: an inquiry', () => {
	test('takes no money and allows a refund', async () => {
		const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDisputeInquiry')
		expect(dispute).toMatchObject({ stage: 'inquiry', funds: 'none', is_charge_refundable: true })
		expect(await moved()).toEqual(CAPTURED)
		await expect(
			acceptDispute(house.services, { merchantId: house.demo.merchantId, disputeId: dispute.id, actor }),
		).rejects.toMatchObject({ code: 'inquiry_not_acceptable' })
		expect((await askRefund(paymentId)).status).toBe(201)
		await runNow(house, sendRefund)
		const { body } = await house.call('GET', `/api/v1/payments/${paymentId}`)
		expect(body).toMatchObject({ amount_refunded: 500 })
	})

	test('that the answer contents is closed, and nothing was ever held', async () => {
		const { paymentId, ref, dispute } = await disputedPayment(house, 'pm_card_createDisputeInquiry')
		await submit(dispute.id, 'It is the mug they ordered.')
		await runNow(house, sendDisputeAnswer)
		await advance(house)
		await tell(house, ref, 'closed')
		expect(await caseOf(house, paymentId)).toMatchObject({
			stage: 'inquiry',
			status: 'closed',
			funds: 'none',
		})
		expect(await moved()).toEqual(CAPTURED)
		expect(await storyOf(house, dispute.id, paymentId)).toMatchObject({
			posted: [],
			events: ['dispute.created', 'dispute.updated', 'dispute.updated', 'dispute.closed'],
		})
	})

	test('that turns into a dispute holds the money then, and asks for a new answer', async () => {
		const { paymentId, ref, dispute } = await disputedPayment(house, 'pm_card_createDisputeInquiry')
		await submit(dispute.id, 'escalate_inquiry_evidence')
		await runNow(house, sendDisputeAnswer)
		await advance(house)
		await tell(house, ref)
		expect(await caseOf(house, paymentId)).toMatchObject({
			stage: 'dispute',
			status: 'needs_response',
			funds: 'held',
			round: 2,
			evidence_submitted_at: null,
			is_charge_refundable: false,
		})
		expect(await moved()).toEqual(HELD)
		expect((await askRefund(paymentId)).status).toBe(409)
		await submit(dispute.id, 'winning_evidence')
		await runNow(house, sendDisputeAnswer)
		expect(await caseOf(house, paymentId)).toMatchObject({ status: 'under_review' })
		await advance(house)
		await tell(house, ref, 'closed')
		expect(await caseOf(house, paymentId)).toMatchObject({ status: 'won', funds: 'returned' })
		expect(await moved()).toEqual(CAPTURED)
	})
})

describe('news that did not come', () => {
	test('a case without any message is found in the gateway’s own list', async () => {
		const paymentId = await chargedPayment(house, { payment_method: 'pm_card_createDispute', amount: 2_000 })
		await advance(house)
		await house.services.boss.insert(discoverDisputes.name, [{ data: {} }])
		await runNow(house, discoverDisputes)
		expect(await caseOf(house, paymentId)).toMatchObject({ status: 'needs_response', funds: 'held' })
		expect(await moved()).toEqual(HELD)
	})

	test('an end without a message is found by the case’s own check', async () => {
		const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute')
		await submit(dispute.id, 'winning_evidence')
		await runNow(house, sendDisputeAnswer)
		await advance(house)
		await house.services.boss.insert(checkDispute.name, [{ data: { disputeId: dispute.id } }])
		await runNow(house, checkDispute)
		expect(await caseOf(house, paymentId)).toMatchObject({ status: 'won', funds: 'returned' })
		expect(await moved()).toEqual(CAPTURED)
	})

	test('a message about nothing of ours moves nothing', async () => {
		await expect(tell(house, 'du_invented')).resolves.toBe('not known to the gateway')
		expect(await moved()).toEqual({})
	})
})

describe('an answer whose fate is lost', () => {
	test.each([
		'reset',
		'malformed',
		'truncated',
		'error_500_not_kept',
		'error_500_kept',
		'error_429',
		'conflict_409',
	])('%s: looked up, sent at most once more under the same key, and taken once', async (fault) => {
		const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute')
		await submit(dispute.id, 'winning_evidence')
		await house.sandbox.spoilNext([fault], '/v1/disputes')
		for (let tries = 0; tries < 3; tries++) {
			await runNow(house, sendDisputeAnswer).catch(() => undefined)
		}
		expect((await caseAtGateway(house, paymentId)).evidence_details.submission_count).toBe(1)
		expect(await caseOf(house, paymentId)).toMatchObject({
			status: 'under_review',
			requested_operation: null,
		})
	})

	test('accepting: taken once', async () => {
		const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute')
		await acceptDispute(house.services, { merchantId: house.demo.merchantId, disputeId: dispute.id, actor })
		await house.sandbox.spoilNext(['reset'], '/v1/disputes')
		for (let tries = 0; tries < 2; tries++) await runNow(house, sendDisputeAnswer).catch(() => undefined)
		expect(await caseOf(house, paymentId)).toMatchObject({ status: 'lost', requested_operation: null })
		expect(await moved()).toEqual(GONE)
	})

	test('a refusal goes before a person, and the next try is a call of its own', async () => {
		const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute')
		const refusing = replaceGateway(house.services, ({ disputes }) => ({
			disputes: {
				...disputes,
				submitEvidence: () => Promise.resolve({ kind: 'refused' as const, reason: 'Too blurred to read.' }),
			},
		}))
		await submit(dispute.id, 'a blurred picture')
		await runNow({ ...house, services: refusing }, sendDisputeAnswer)
		expect(await caseOf(house, paymentId)).toMatchObject({
			status: 'needs_response',
			requested_operation: null,
			evidence_submitted_at: null,
			round: 2,
		})
		expect(await attentionOn(house, dispute.id)).toEqual(['dispute_refused'])
		await submit(dispute.id, 'winning_evidence')
		await runNow(house, sendDisputeAnswer)
		expect(await caseOf(house, paymentId)).toMatchObject({ status: 'under_review' })
		expect(await attentionOn(house, dispute.id)).toEqual([])
	})
})

test('after all of it every promise still holds', async () => {
	// The messages were applied by hand; their jobs find nothing left to do.
	await runNow(house, applyWebhook)
	expect(await violations(house.services.db)).toEqual([])
})
