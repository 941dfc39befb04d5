import { afterAll, beforeAll, expect, test } from 'vitest'
import { watchDisputes } from '#app/commands/disputes/watch-disputes.server.ts'
import { writeEvidence } from '#app/commands/disputes/write-evidence.server.ts'
import { checkDispute, sendDisputeAnswer } from '#jobs/catalog/disputes.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../ledger/invariants.ts'
import { attentionOn, chargedPayment, paymentOf, runNow, screened, takePayment } from '../payments/by-hand.ts'
import { apply, deliver, permutations } from '../webhooks/messages.ts'
import { advance, caseAtGateway, caseOf, disputedPayment, messageAboutCase, storyOf, tell } from './cases.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())

const actor = { kind: 'console', ref: 'usr_1' } as const
const TYPES = ['created', 'funds_withdrawn', 'updated', 'closed'] as const
const WON = { posted: ['dispute_open', 'dispute_won'], events: ['dispute.created', 'dispute.won'] }

test('all 24 orders of a case’s messages end alike, also when the case is over before the first is heard', async () => {
	const orders = permutations(TYPES)
	expect(orders).toHaveLength(24)
	for (const [index, order] of orders.entries()) {
		const paymentId = await chargedPayment(house, { payment_method: 'pm_card_createDispute', amount: 2_000 })
		await advance(house)
		const { id: ref } = await caseAtGateway(house, paymentId)
		const early = index % 5
		for (const type of order.slice(0, early)) await tell(house, ref, type)
		await fetch(`${house.sandbox.url}/v1/disputes/${ref}`, {
			method: 'POST',
			headers: { authorization: 'Bearer sk_test_sandbox_tillhouse' },
			body: new URLSearchParams({ 'evidence[uncategorized_text]': 'winning_evidence', submit: 'true' }),
		})
		await advance(house)
		for (const type of [...order.slice(early), ...order]) await tell(house, ref, type)
		const dispute = await caseOf(house, paymentId)
		expect(dispute, order.join()).toMatchObject({ status: 'won', funds: 'returned', fee_minor: 0n })
		expect(await storyOf(house, dispute.id, paymentId), order.join()).toMatchObject(WON)
	}
}, 60_000)

test('all messages at the same moment, each of them twice, hold the money once', async () => {
	const paymentId = await chargedPayment(house, { payment_method: 'pm_card_createDispute', amount: 2_000 })
	await advance(house)
	const { id: ref } = await caseAtGateway(house, paymentId)
	const messages = TYPES.map((type) => messageAboutCase(type, ref))
	const answers = await Promise.all([...messages, ...messages].map((message) => deliver(house, message)))
	expect(answers.filter(({ body }) => body['duplicate'] === true)).toHaveLength(messages.length)
	await Promise.all([...messages, ...messages].map((message) => apply(house, message)))
	const { id } = await caseOf(house, paymentId)
	expect(await storyOf(house, id, paymentId)).toEqual({
		posted: ['dispute_open'],
		audit: ['dispute.opened', 'dispute.funds_held'],
		events: ['dispute.created'],
	})
})

test('a case heard of before the charge’s own answer settles the charge first', async () => {
	const paymentId = await takePayment(house, { payment_method: 'pm_card_createDispute', amount: 2_000 })
	const charge = await screened(house, paymentId)
	const outcome = await house.services.gateways.of('stripe').payments.charge(charge)
	const ref = 'ref' in outcome ? String(outcome.ref) : ''
	await advance(house)
	const { disputes } = await house.sandbox.books()
	const found = disputes.find(({ payment_intent }) => payment_intent === ref)
	// Nothing of ours carries the gateway's name for this charge yet; the gateway knows ours.
	expect(await tell(house, String(found?.id), 'created')).toBe('dispute needs_response')
	expect(await paymentOf(house, paymentId)).toMatchObject({ status: 'succeeded', captured_minor: 2_000n })
	expect(await caseOf(house, paymentId)).toMatchObject({ funds: 'held', amount_minor: 2_000n })
})

const atDaysBefore = (due: Date, days: number): House['services'] => ({
	...house.services,
	clock: { now: () => new Date(due.getTime() - days * 86_400_000) },
})

const alertsOf = (disputeId: string) =>
	house.services.db
		.selectFrom('attention_items')
		.select(['detail', 'closed_at'])
		.where('kind', '=', 'dispute_due')
		.where('subject_id', '=', disputeId)
		.orderBy('opened_at')
		.execute()

test('the countdown tells a person at 7, 3 and 1 days and when it is too late, one open item at a time', async () => {
	const { dispute } = await disputedPayment(house, 'pm_card_createDispute')
	const due = dispute.evidence_due_at ?? new Date(0)
	const open: string[] = []
	for (const days of [7.5, 7, 6, 5, 3, 2.9, 2, 1, 0.9, 0.1, 0, -1]) {
		await watchDisputes(atDaysBefore(due, days))
		const alerts = (await alertsOf(dispute.id)).filter(({ closed_at }) => closed_at === null)
		expect(alerts.length).toBeLessThanOrEqual(1)
		const detail = alerts[0]?.detail ?? 'none'
		if (open.at(-1) !== detail) open.push(detail)
	}
	const on = `on ${due.toISOString().slice(0, 16).replace('T', ' ')} UTC`
	expect(open).toEqual([
		'none',
		`Evidence for the dispute over 20.00 EUR is due within 7 days, ${on}. Without an answer the money is lost.`,
		`Evidence for the dispute over 20.00 EUR is due within 3 days, ${on}. Without an answer the money is lost.`,
		`Evidence for the dispute over 20.00 EUR is due in one day or less, ${on}. Without an answer the money is lost.`,
		`The time to answer the dispute over 20.00 EUR ran out ${on}. The bank decides without you; evidence may no longer count.`,
	])
	expect(await alertsOf(dispute.id)).toHaveLength(4)
	await runNow(house, checkDispute)
})

test('an answer ends the countdown', async () => {
	const { dispute } = await disputedPayment(house, 'pm_card_createDispute')
	const due = dispute.evidence_due_at ?? new Date(0)
	await watchDisputes(atDaysBefore(due, 2))
	expect(await attentionOn(house, dispute.id)).toEqual(['dispute_due'])
	const changes = { uncategorized_text: 'It was them.' }
	const input = { merchantId: house.demo.merchantId, disputeId: dispute.id, actor }
	await writeEvidence(house.services, { ...input, changes, submit: true })
	await runNow(house, sendDisputeAnswer)
	expect(await attentionOn(house, dispute.id)).toEqual([])
	await watchDisputes(atDaysBefore(due, 0.5))
	expect(await attentionOn(house, dispute.id)).toEqual([])
	await runNow(house, checkDispute)
})

test('an answer that got lost on the way is carried on', async () => {
	const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute')
	const input = { merchantId: house.demo.merchantId, disputeId: dispute.id, actor }
	await writeEvidence(house.services, { ...input, changes: { uncategorized_text: 'x' }, submit: true })
	const jobs = await house.services.boss.fetch(sendDisputeAnswer.name, { batchSize: 10 })
	await house.services.boss.complete(sendDisputeAnswer.name, jobs)
	await watchDisputes(atDaysBefore(dispute.evidence_due_at ?? new Date(0), 6))
	expect(await runNow(house, sendDisputeAnswer)).toBe(1)
	expect(await caseOf(house, paymentId)).toMatchObject({ status: 'under_review', requested_operation: null })
})

test('after all of it every promise still holds', async () => {
	await runNow(house, applyWebhook)
	await runNow(house, checkDispute)
	expect(await violations(house.services.db)).toEqual([])
})
