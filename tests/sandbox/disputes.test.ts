import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { errorOf, openGateway, pay } from './gateway.ts'

async function disputed(stripe: Stripe, card: string): Promise<Stripe.Dispute> {
	const { id } = await pay(stripe, card)
	const found = () => stripe.disputes.list({ payment_intent: id })
	await expect.poll(async () => (await found()).data.length).toBe(1)
	const [dispute] = (await found()).data
	if (!dispute) throw new Error('The dispute was not opened')
	return dispute
}

const statusOf = async (stripe: Stripe, id: string) => (await stripe.disputes.retrieve(id)).status

const typesOf = async (stripe: Stripe) =>
	(await stripe.events.list({ types: ['charge.dispute.*'], limit: 100 })).data
		.map(({ type }) => type)
		.reverse()

test.each([
	['pm_card_createDispute', 'fraudulent', 'needs_response'],
	['pm_card_createDisputeProductNotReceived', 'product_not_received', 'needs_response'],
	['pm_card_createDisputeInquiry', 'fraudulent', 'warning_needs_response'],
])('%s', async (card, reason, status) => {
	const { stripe } = await openGateway()
	expect(await disputed(stripe, card)).toMatchObject({ reason, status, amount: 5_000 })
})

test('a disputed charge cannot be refunded', async () => {
	const { stripe } = await openGateway()
	const { charge } = await disputed(stripe, 'pm_card_createDispute')
	expect(await errorOf(stripe.refunds.create({ charge: String(charge) }))).toMatchObject({
		code: 'charge_disputed',
	})
})

test.each([
	['winning_evidence', 'won', 5_000 - 175],
	['losing_evidence', 'lost', -175 - 1_500],
])('%s: %s', async (text, status, balance) => {
	const { stripe } = await openGateway()
	const { id } = await disputed(stripe, 'pm_card_createDispute')
	const answered = await stripe.disputes.update(id, { evidence: { uncategorized_text: text } })
	expect(answered).toMatchObject({ status: 'under_review', evidence_details: { submission_count: 1 } })
	await expect.poll(() => statusOf(stripe, id)).toBe(status)
	const { available, pending } = await stripe.balance.retrieve()
	expect([...available, ...pending].reduce((sum, { amount }) => sum + amount, 0)).toBe(balance)
	expect(await typesOf(stripe)).toEqual([
		'charge.dispute.created',
		'charge.dispute.funds_withdrawn',
		'charge.dispute.updated',
		...(status === 'won' ? ['charge.dispute.funds_reinstated'] : []),
		'charge.dispute.closed',
	])
})

test('evidence may be kept back and a dispute given up', async () => {
	const { stripe } = await openGateway()
	const { id } = await disputed(stripe, 'pm_card_createDispute')
	const kept = await stripe.disputes.update(id, { evidence: { customer_name: 'A. Buyer' }, submit: false })
	expect(kept).toMatchObject({ status: 'needs_response', evidence: { customer_name: 'A. Buyer' } })
	expect(await stripe.disputes.close(id)).toMatchObject({ status: 'lost' })
	expect((await errorOf(stripe.disputes.close(id))).statusCode).toBe(400)
})

test('an inquiry takes no money and can turn into a dispute', async () => {
	const { stripe } = await openGateway()
	const { id } = await disputed(stripe, 'pm_card_createDisputeInquiry')
	expect(await typesOf(stripe)).toEqual(['charge.dispute.created'])
	await stripe.disputes.update(id, { evidence: { uncategorized_text: 'escalate_inquiry_evidence' } })
	await expect.poll(() => statusOf(stripe, id)).toBe('needs_response')
	expect(await typesOf(stripe)).toContain('charge.dispute.funds_withdrawn')
})

test('one card brings an early fraud warning', async () => {
	const { stripe } = await openGateway()
	const { id } = await pay(stripe, 'pm_card_createIssuerFraudRecord')
	await expect.poll(async () => (await stripe.radar.earlyFraudWarnings.list()).data.length).toBe(1)
	const [warning] = (await stripe.radar.earlyFraudWarnings.list()).data
	expect(warning).toMatchObject({ payment_intent: id, actionable: true })
	expect(await stripe.radar.earlyFraudWarnings.retrieve(String(warning?.id))).toEqual(warning)
})
