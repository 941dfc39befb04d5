import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOUSE_GRANT } from '#app/domain/access/grant.ts'
import { approvePayment } from '#app/commands/payments/approve-payment.server.ts'
import { rejectPayment } from '#app/commands/payments/reject-payment.server.ts'
import { requestRefund } from '#app/commands/refunds/request-refund.server.ts'
import { newId } from '#app/domain/ids/new-id.ts'
import { inTransaction } from '#db/client.ts'
import { FEATURES, FEATURE_SET } from '#db/features/feature-set.ts'
import { readExamples } from '#db/queries/fraud-decisions.ts'
import { insertModel, lockModels, promoteModel } from '#db/queries/fraud-models.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { chargedPayment, paymentOf } from '../payments/by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const decisionsOf = (paymentId: string) =>
	house.owner.selectFrom('fraud_decisions').selectAll().where('payment_id', '=', paymentId).execute()
const labelsOf = (paymentId: string) =>
	house.owner
		.selectFrom('fraud_labels')
		.select(['source', 'verdict', 'actor'])
		.where('payment_id', '=', paymentId)
		.execute()
const screenedRow = (paymentId: string) =>
	house.owner
		.selectFrom('screened_payments')
		.selectAll()
		.where('payment_id', '=', paymentId)
		.executeTakeFirstOrThrow()

test('a screened payment keeps what it was decided on, in its own commit', async () => {
	const id = await chargedPayment(house)
	const [decision, ...more] = await decisionsOf(id)
	expect(more).toEqual([])
	expect(decision).toMatchObject({ feature_set: FEATURE_SET, model_id: null, decision: 'allow' })
	expect(decision?.vector).toHaveLength(FEATURES.length)
	expect(decision?.vector).not.toContain(Number.NaN)
	const row = await screenedRow(id)
	expect(row.payer).not.toBeNull()
	expect(row.worth_cents).toBeGreaterThan(0n)
	const hours = await house.owner.selectFrom('merchant_hours').selectAll().execute()
	const all = await house.owner
		.selectFrom('screened_payments')
		.select(({ fn }) => fn.countAll<bigint>().as('payments'))
		.executeTakeFirstOrThrow()
	expect(hours.reduce((sum, { payments }) => sum + payments, 0)).toBe(Number(all.payments))
})

test('a payment of test money teaches nothing about real money', async () => {
	await chargedPayment(house)
	const window = { from: new Date(0), to: new Date(Date.now() + 60_000), knownBy: new Date() }
	const taught = (livemode: boolean) =>
		readExamples(house.services.db, { ...window, livemode, featureSet: FEATURE_SET })
	expect((await taught(false)).length).toBeGreaterThan(0)
	expect(await taught(true)).toEqual([])
})

describe('what becomes known of a payment is kept', () => {
	const of = () => ({
		merchantId: house.demo.merchantId,
		grant: HOUSE_GRANT,
		actor: { kind: 'console', ref: 'usr_one' } as const,
	})
	const inReview = () => chargedPayment(house, { amount: 600_000, currency: 'usd' })

	test('a person’s word about a payment in review', async () => {
		const [good, bad] = [await inReview(), await inReview()]
		await approvePayment(house.services, { ...of(), paymentId: good })
		await rejectPayment(house.services, { ...of(), paymentId: bad })
		const by = { source: 'review', actor: 'console:usr_one' }
		expect(await labelsOf(good)).toEqual([{ ...by, verdict: 'genuine' }])
		expect(await labelsOf(bad)).toEqual([{ ...by, verdict: 'fraud' }])
		expect((await screenedRow(bad)).fraud_known_at).not.toBeNull()
		expect((await screenedRow(good)).fraud_known_at).toBeNull()
	})

	test('a refund because of fraud, and no other refund', async () => {
		const [fraud, other] = [await chargedPayment(house), await chargedPayment(house)]
		const refund = (paymentId: string, reason: 'fraudulent' | 'duplicate') =>
			requestRefund(house.services, { ...of(), paymentId, amountMinor: null, reason })
		await refund(fraud, 'fraudulent')
		await refund(other, 'duplicate')
		expect(await labelsOf(fraud)).toMatchObject([{ source: 'refund', verdict: 'fraud' }])
		expect(await labelsOf(other)).toEqual([])
	})

	test('labels and decisions are written once: the app may not change them', async () => {
		const { db } = house.services
		await expect(db.updateTable('fraud_labels').set({ verdict: 'genuine' }).execute()).rejects.toThrow(
			/permission denied/,
		)
		await expect(db.deleteFrom('fraud_decisions').execute()).rejects.toThrow(/permission denied/)
	})
})

/** A stump: any amount is so suspicious, or not at all. */
async function putInCharge(logOdds: number): Promise<string> {
	const root = { feature: [0, -1, -1], threshold: [-2, 0, 0], left: [1, -1, -1], right: [2, -1, -1] }
	const model = { kind: 'trees', roots: [0], ...root, value: [0, -logOdds, logOdds] }
	const cuts = Array.from({ length: 99 }, (_, i) => i + 0.5)
	const id = newId('fmd')
	await inTransaction(house.services.db, async (tx) => {
		await lockModels(tx)
		await insertModel(tx, {
			id,
			livemode: false,
			kind: 'trees',
			feature_set: FEATURE_SET,
			features: FEATURES.map(({ name }) => name),
			body: JSON.stringify({ model, cuts }),
			hash: id,
			seed: 1,
			trained_from: new Date(0),
			trained_to: new Date(1),
			examples: 1,
			frauds: 1,
			metrics: '{}',
			status: 'retired',
			created_by: 'job:test',
		})
		await promoteModel(tx, { id, livemode: false }, { by: 'job:test', at: new Date() })
	})
	house.services.fraud.forget()
	return id
}

describe('the model in charge', () => {
	/** A card no rule has anything against. */
	const charged = () => chargedPayment(house, { payment_method: 'pm_card_mastercard' })

	test('lifts a suspicious payment to a review, with its reason in words, and is named', async () => {
		const model = await putInCharge(70)
		const id = await charged()
		const payment = await paymentOf(house, id)
		expect(payment).toMatchObject({ status: 'in_review', risk_decision: 'review', risk_score: 70 })
		const [reason] = payment.risk_reasons as { code: string; message: string }[]
		expect(reason?.code).toBe('model_amount_usd')
		expect(reason?.message).toMatch(/^The amount: about [\d.]+ US dollars$/)
		expect(await decisionsOf(id)).toMatchObject([{ model_id: model, log_odds: 70, score: 70 }])
	})

	test('blocks from 85, and the payer learns no reason', async () => {
		await putInCharge(90)
		const { body } = await house.call('GET', `/api/v1/payments/${await charged()}`)
		expect(body).toMatchObject({ status: 'failed', risk: { decision: 'block', score: 90 } })
		expect(body['last_payment_error']).toMatchObject({
			message: 'This payment was not accepted. Nothing was charged.',
		})
	})

	test('a merchant’s own thresholds decide', async () => {
		await putInCharge(70)
		const { merchantId } = house.demo
		await house.owner
			.insertInto('fraud_settings')
			.values({ merchant_id: merchantId, review_from: 80, block_from: 95, updated_by: 'console:usr_one' })
			.execute()
		house.services.fraud.forget()
		const id = await charged()
		expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', risk_score: 70 })
	})
})
