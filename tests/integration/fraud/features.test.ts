import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FEATURES } from '#db/features/feature-set.ts'
import { readFeatures } from '#db/queries/fraud-features.ts'
import { appendLabels } from '#db/queries/fraud-labels.ts'
import { recordScreened } from '#db/queries/screened-payments.ts'
import { momentOf, paymentIdOf, type FilePayment } from '#tests/bench/fraud/payments-file.ts'
import { createReplay, rowOf, subjectOf } from '#tests/bench/fraud/replay.ts'
import { madePayments } from '#tests/support/made-payments.ts'
import { naiveFeatures } from './naive-features.ts'
import { openPast, type Past } from './past.ts'

const DAY = 86_400
const AGE_HOURS = 7 * 24
const MADE = madePayments({ days: 45, cards: 40, merchants: 8, seed: 4 })
const LAST = 45 * DAY

const opened: Past[] = []

async function freshPast(): Promise<Past> {
	const fresh = await openPast()
	opened.push(fresh)
	return fresh
}

afterAll(async () => {
	for (const each of opened) await each.close()
})

const inTx = ({ db }: Past, work: Parameters<ReturnType<typeof db.transaction>['execute']>[0]) =>
	db.transaction().execute(work)

/** Every vector as the payments came in, outcomes becoming known after seven days. */
async function played(past: Past, payments: readonly FilePayment[]): Promise<Map<number, Float32Array>> {
	const vectors = new Map<number, Float32Array>()
	await createReplay(past.db, payments).playTo(LAST, ({ txId }, vector) => void vectors.set(txId, vector))
	return vectors
}

const vectorAt = async (past: Past, payment: FilePayment, more: object = {}) => {
	const read = await readFeatures(past.db, [{ ...subjectOf(payment), ...more }], AGE_HOURS)
	return read.get(paymentIdOf(payment)) ?? new Float32Array()
}

const named = (vector: Float32Array) =>
	Object.fromEntries(FEATURES.map(({ name }, index) => [name, vector[index] as number]))

let past: Past
let vectors: Map<number, Float32Array>
beforeAll(async () => {
	past = await freshPast()
	vectors = await played(past, MADE)
}, 120_000)

test('every feature is what going over all earlier payments gives, hours and edges included', () => {
	expect(vectors.size).toBe(MADE.length)
	for (let index = MADE.length - 1; index >= 0; index -= 7) {
		const found = named(vectors.get(index) as Float32Array)
		for (const [name, value] of Object.entries(naiveFeatures(MADE, index))) {
			expect(Math.abs((found[name] as number) - value), `${name} of ${index}`).toBeLessThan(
				1e-3 * Math.max(1, Math.abs(value)),
			)
		}
	}
	const late = MADE.filter(({ t }) => t > 30 * DAY)
	const shares = late.map(
		({ txId }) => named(vectors.get(txId) as Float32Array)['merchant_fraud_share_7d'] ?? 0,
	)
	expect(shares.filter((share) => share > 0).length).toBeGreaterThan(50)
})

describe('nothing looks ahead', () => {
	test('payments that come later change no feature of one before them', async () => {
		for (const payment of MADE.filter(({ txId }) => txId % 211 === 0)) {
			expect(await vectorAt(past, payment)).toEqual(vectors.get(payment.txId))
		}
	})

	test('outcomes of the last seven days are not seen, whatever they are', async () => {
		const young = LAST - 7 * DAY
		const flipped = MADE.map((p) =>
			p.t > young ? { ...p, fraud: p.fraud === 1 ? (0 as const) : (1 as const) } : p,
		)
		const other = await played(await freshPast(), flipped)
		expect(other).toEqual(vectors)
	}, 120_000)

	test('an outcome that was known early still waits for its age', async () => {
		const fresh = await freshPast()
		const [first, second] = [MADE[0] as FilePayment, { ...(MADE[1] as FilePayment), t: 3 * DAY }]
		const pair = [
			{ ...first, merchant: 'mer_a', card: 'card_a' },
			{ ...second, merchant: 'mer_a', card: 'card_b' },
		] as const
		await inTx(fresh, (tx) => recordScreened(tx, pair.map(rowOf)))
		const before = await vectorAt(fresh, pair[1])
		await inTx(fresh, (tx) =>
			appendLabels(tx, [
				{
					merchant_id: 'mer_a',
					payment_id: paymentIdOf(first),
					source: 'review',
					verdict: 'fraud',
					known_at: momentOf(first.t + 60),
					actor: 'console:test',
				},
			]),
		)
		expect(await vectorAt(fresh, pair[1])).toEqual(before)
		const later = named(await vectorAt(fresh, { ...pair[1], t: first.t + 8 * DAY }))
		expect(later).toMatchObject({ merchant_last_was_fraud: 1, merchant_frauds_3d: 1 })
	})
})

test('a batch gives what the same payments give one by one, bit by bit', async () => {
	const some = MADE.filter(({ txId }) => txId % 97 === 0)
	const together = await readFeatures(past.db, some.map(subjectOf), AGE_HOURS)
	for (const payment of some) expect(together.get(paymentIdOf(payment))).toEqual(vectors.get(payment.txId))
})

test('the same payments played again give the same vectors, bit by bit', async () => {
	expect(await played(await freshPast(), MADE)).toEqual(vectors)
}, 120_000)

describe('unknown stays unknown', () => {
	const stranger = {
		...(MADE[0] as FilePayment),
		txId: 9_000_000,
		card: 'card_new',
		merchant: 'mer_new',
		t: LAST + DAY,
	}

	test('a card without a past', async () => {
		expect(named(await vectorAt(past, stranger))).toMatchObject({
			payer_count_30d: 1,
			payer_seconds_since: -1,
			amount_ratio_30d: -999,
			amount_z_30d: -999,
			is_new_country: -1,
			is_foreign_card: -1,
			ip_last_hour: -1,
			merchant_count_30d: 0,
			merchant_days_since_fraud: 999,
		})
	})

	test('no card, no rate: no count and no amount is 0', async () => {
		const vector = named(await vectorAt(past, stranger, { payer: null, worth_cents: null }))
		expect(vector).toMatchObject({
			amount_usd: -1,
			payer_count_1h: -1,
			payer_mean_7d: -1,
			payer_frauds_60d: -1,
		})
	})

	test('countries are compared when both are known', async () => {
		const given = { card_country: 'US', payer_country: 'NL' }
		expect(named(await vectorAt(past, stranger, given))).toMatchObject({
			is_foreign_card: 1,
			is_new_country: -1,
		})
		await inTx(past, (tx) =>
			recordScreened(tx, [{ ...rowOf(stranger), payer_country: 'US', at: momentOf(stranger.t - 60) }]),
		)
		const next = { ...stranger, txId: 9_999_999 }
		expect(named(await vectorAt(past, next, given))).toMatchObject({ is_new_country: 1, payer_count_1h: 2 })
	})
})

test('a change of mind takes a fraud out of every count again', async () => {
	const fresh = await freshPast()
	const payment = { ...(MADE[0] as FilePayment), merchant: 'mer_a' }
	const label = (source: 'review' | 'dispute', verdict: 'fraud' | 'genuine') => ({
		merchant_id: 'mer_a',
		payment_id: paymentIdOf(payment),
		source,
		verdict,
		known_at: momentOf(payment.t + DAY),
		actor: 'console:test',
	})
	const later = { ...payment, txId: 7, t: payment.t + 9 * DAY }
	const frauds = async () => named(await vectorAt(fresh, later))['merchant_frauds_3d']
	await inTx(fresh, (tx) => recordScreened(tx, [rowOf(payment)]))
	await inTx(fresh, (tx) => appendLabels(tx, [label('review', 'fraud')]))
	expect(await frauds()).toBe(1)
	await inTx(fresh, (tx) => appendLabels(tx, [label('review', 'genuine')]))
	expect(await frauds()).toBe(0)
	await inTx(fresh, (tx) => appendLabels(tx, [label('dispute', 'fraud'), label('review', 'genuine')]))
	expect(await frauds()).toBe(1)
})
