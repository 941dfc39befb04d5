import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tidyAttention } from '#app/commands/attention/tidy-attention.server.ts'
import { settleOutcomes } from '#app/commands/payments/settle-outcomes.server.ts'
import type { AttentionItem } from '#app/contracts/attention.ts'
import { newId } from '#app/domain/ids/new-id.ts'
import { inTransaction } from '#db/client.ts'
import { openAttention } from '#db/queries/attention.ts'
import { checkAttempt, operateOnPayment, processPayment, sendRefund } from '#jobs/catalog/payments.ts'
import { watchDeadLetters } from '#jobs/dead-letters.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { expectRefusal } from '../../http/refusal.ts'
import { addMerchant, type SecondMerchant } from '../../http/second-merchant.ts'
import { violations } from '../ledger/invariants.ts'
import {
	attentionOn,
	chargedPayment,
	onlyAttempt,
	paymentOf,
	runNow,
	takePayment,
} from '../payments/by-hand.ts'

let house: House
let stranger: SecondMerchant
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	stranger = await addMerchant(house)
	await watchDeadLetters(house.services)
})
afterAll(() => house.close())

const PATIENCE = { timeout: 15_000, interval: 100 }
const NOTE = { note: 'Looked at the gateway: nothing there.' }

const open = async (subject: string): Promise<AttentionItem> => {
	const { body } = await house.call('GET', '/api/v1/attention?limit=100')
	const found = (body['data'] as AttentionItem[]).find((item) => item.subject === subject)
	if (!found) throw new Error(`nothing waits about ${subject}`)
	return found
}
const settle = (id: string, body: object = NOTE, headers = {}) =>
	house.call('POST', `/api/v1/attention/${id}/settle`, body, headers)
const retry = (id: string, headers = {}) => house.call('POST', `/api/v1/attention/${id}/retry`, {}, headers)

const auditOf = (subject: string) =>
	house.services.db
		.selectFrom('audit_log')
		.select(['action', 'actor', 'payload'])
		.where('subject_id', '=', subject)
		.orderBy('seq')
		.execute()
const eventsOf = async (payment: string) => {
	const { body } = await house.call('GET', `/api/v1/events?payment=${payment}&limit=100`)
	return (body['data'] as { type: string }[]).map(({ type }) => type).reverse()
}

/** A charge the gateway never spoke of, its schedule of questions used up. */
async function unknownCharge(): Promise<string> {
	await house.sandbox.spoilNext(['error_500_not_kept', 'error_500_not_kept'], '/v1/payment_intents')
	const id = await chargedPayment(house)
	await sql`update payment_attempts set checks = 8 where payment_id = ${id}`.execute(house.services.db)
	await runNow(house, checkAttempt)
	return id
}

describe('a charge nobody knows about', () => {
	test('is asked about again, and that settles it', async () => {
		const id = await unknownCharge()
		const item = await open(id)
		expect(item).toMatchObject({
			kind: 'outcome_unknown',
			status: 'open',
			severity: 'money',
			payment: id,
			amount: 1_999,
			currency: 'eur',
			retry: { label: 'Ask the gateway again' },
		})
		expect(item.settle.map(({ outcome }) => outcome)).toEqual(['never_charged', 'by_hand'])
		const answer = await retry(item.id)
		expect(answer).toMatchObject({
			status: 200,
			body: { id: item.id, status: 'closed', outcome: 'retried', retry: null, settle: [] },
		})
		expect(await runNow(house, checkAttempt)).toBe(1)
		expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded' })
		expect(await attentionOn(house, id)).toEqual([])
		expect(await eventsOf(id)).toEqual(expect.arrayContaining(['attention.opened', 'attention.closed']))
		expect(await auditOf(id)).toContainEqual(
			expect.objectContaining({
				action: 'attention.retried',
				actor: expect.stringMatching(/^api:key_/) as string,
			}),
		)
	})

	test('comes back when asking did not help', async () => {
		const id = await unknownCharge()
		const first = await open(id)
		await retry(first.id)
		await house.sandbox.spoilNext(['error_500_not_kept'], '/v1/payment_intents')
		await sql`update payment_attempts set checks = 8 where payment_id = ${id}`.execute(house.services.db)
		await runNow(house, checkAttempt)
		const second = await open(id)
		expect(second.id).not.toBe(first.id)
		expect((await settle(second.id, { ...NOTE, outcome: 'never_charged' })).status).toBe(200)
	})

	test('ends as failed when a person says it was never charged; money that comes later opens another item', async () => {
		const id = await unknownCharge()
		const attempt = await onlyAttempt(house, id)
		const item = await open(id)
		const answer = await settle(item.id, { ...NOTE, outcome: 'never_charged' })
		expect(answer).toMatchObject({
			status: 200,
			body: {
				status: 'closed',
				outcome: 'never_charged',
				...NOTE,
				closed_by: expect.stringMatching(/^api:/) as string,
			},
		})
		expect(await paymentOf(house, id)).toMatchObject({
			status: 'failed',
			captured_minor: 0n,
			cause_kind: 'api',
			error: { code: 'ended_by_hand' },
		})
		expect(await onlyAttempt(house, id)).toMatchObject({ status: 'canceled', next_check_at: null })
		expect((await auditOf(id)).map(({ action }) => action)).toEqual([
			'payment.ended_by_hand',
			'attention.settled',
		])
		await settleOutcomes(house.services, [
			{
				attemptId: attempt.id,
				outcome: {
					kind: 'captured',
					ref: `pi_late_${id}`,
					chargeRef: null,
					amountMinor: 1_999n,
					currency: 'eur',
					feeMinor: null,
				},
				cause: { kind: 'webhook', ref: 'evt_late' },
				job: null,
			},
		])
		expect(await attentionOn(house, id)).toEqual(['late_money'])
	})
})

describe('late money', () => {
	const lateMoney = async () => {
		const id = await takePayment(house, { confirm: false })
		await house.call('POST', `/api/v1/payments/${id}/cancel`, {})
		await inTransaction(house.services.db, (tx) =>
			openAttention(tx, [
				{ merchant_id: house.demo.merchantId, kind: 'late_money', subject_id: id, detail: 'It came late.' },
			]),
		)
		return { id, item: await open(id) }
	}

	test('cannot be settled by trying again, and is by a refund at the gateway', async () => {
		const { item } = await lateMoney()
		expect(item.retry).toBeNull()
		expectRefusal(await retry(item.id), 409, { code: 'attention_item_not_retryable' })
		const body = { note: 're_3NvA at Stripe', outcome: 'refunded_at_gateway' }
		expect(await settle(item.id, body)).toMatchObject({
			status: 200,
			body: { outcome: 'refunded_at_gateway' },
		})
	})

	test('closes by itself when the gateway’s books show all of it returned, and not before', async () => {
		const { id } = await lateMoney()
		const { db } = house.services
		const ref = `pi_${newId('x')}`
		await sql`
			insert into payment_attempts (id, merchant_id, payment_id, number, provider, provider_ref, status, request)
			values (${newId('att')}, ${house.demo.merchantId}, ${id}, 1, 'stripe', ${ref}, 'succeeded', '{}')`.execute(db)
		const observe = (kind: string, providerRef: string, amount: bigint, parent: string | null) =>
			sql`
				insert into gateway_observations
					(livemode, provider, kind, provider_ref, status, amount_minor, currency, parent_ref, occurred_at)
				values (false, 'stripe', ${kind}, ${providerRef}, 'succeeded', ${amount}, 'eur', ${parent}, now())`.execute(db)
		await observe('charge', ref, 1_999n, null)
		await observe('refund', `re_1${ref}`, 999n, ref)
		await tidyAttention(house.services, 'test')
		expect(await attentionOn(house, id)).toEqual(['late_money'])
		await observe('refund', `re_2${ref}`, 1_000n, ref)
		await tidyAttention(house.services, 'test')
		expect(await attentionOn(house, id)).toEqual([])
		await sql`delete from gateway_observations where provider_ref like ${`%${ref}`}`.execute(db)
	})
})

describe('an operation whose job failed for good', () => {
	const TRIES = operateOnPayment.queue.retryLimit + 1

	async function givenUpCapture(): Promise<string> {
		const id = await chargedPayment(house, { capture_method: 'manual' })
		await house.call('POST', `/api/v1/payments/${id}/capture`, { amount_to_capture: 500 })
		const faults = Array.from({ length: 40 }, () => 'error_500_not_kept')
		await house.sandbox.spoilNext(faults, '/v1/payment_intents')
		for (let attempt = 1; attempt <= TRIES; attempt++) {
			await expect(runNow(house, operateOnPayment)).rejects.toThrow()
		}
		await fetch(`${house.sandbox.url}/sandbox/faults`, { method: 'DELETE' })
		await expect.poll(() => attentionOn(house, id), PATIENCE).toEqual(['job_failed'])
		return id
	}

	test('is no longer under way, and trying again asks for the same amount anew', async () => {
		const id = await givenUpCapture()
		expect(await paymentOf(house, id)).toMatchObject({
			status: 'requires_capture',
			requested_operation: null,
		})
		const item = await open(id)
		expect(item).toMatchObject({
			detail: `Carrying the capture, cancel or rejection of this payment to the gateway failed all ${TRIES} times it was tried.`,
			reason: expect.stringContaining('left the charge') as string,
			retry: { label: 'Try again' },
		})
		await retry(item.id)
		expect(await paymentOf(house, id)).toMatchObject({
			requested_operation: 'capture',
			requested_minor: 500n,
		})
		await runNow(house, operateOnPayment)
		expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', captured_minor: 500n })
	})

	test('can be asked for differently, and the item closes when that worked', async () => {
		const id = await givenUpCapture()
		expect((await house.call('POST', `/api/v1/payments/${id}/cancel`, {})).status).toBe(200)
		await runNow(house, operateOnPayment)
		expect(await paymentOf(house, id)).toMatchObject({ status: 'canceled' })
		await tidyAttention(house.services, 'test')
		expect(await attentionOn(house, id)).toEqual([])
	})
})

describe('a refund nobody knows about', () => {
	test('is asked about again', async () => {
		const id = await chargedPayment(house)
		const { body } = await house.call('POST', `/api/v1/payments/${id}/refund`, { amount: 500 })
		const refundId = String(body['id'])
		await house.sandbox.spoilNext(['reset'], '/v1/refunds')
		await house.services.boss.fetch('refunds.send', { batchSize: 10, ignoreStartAfter: true })
		await sql`update refunds set checks = 8 where id = ${refundId}`.execute(house.services.db)
		await inTransaction(house.services.db, (tx) =>
			house.services.enqueue(tx, sendRefund, [{ refundId, check: 8 }]),
		)
		await runNow(house, sendRefund)
		const item = await open(refundId)
		expect(item).toMatchObject({ kind: 'refund_unknown', payment: id, amount: 500 })
		await retry(item.id)
		await runNow(house, sendRefund)
		expect(await paymentOf(house, id)).toMatchObject({ refunded_minor: 500n })
		const { refunds } = await house.sandbox.books()
		expect(refunds.filter(({ amount }) => amount === 500)).toHaveLength(1)
	})
})

describe('settling', () => {
	const waiting = async () => {
		const subject = newId('whk')
		await inTransaction(house.services.db, (tx) =>
			openAttention(tx, [
				{ merchant_id: house.demo.merchantId, kind: 'job_failed', subject_id: subject, detail: 'It failed.' },
			]),
		)
		return open(subject)
	}

	test('needs a note that says something and holds no card number', async () => {
		const { id } = await waiting()
		expectRefusal(await settle(id, {}), 400, { code: 'parameter_invalid', param: 'note' })
		expectRefusal(await settle(id, { note: '   ' }), 400, { code: 'parameter_invalid', param: 'note' })
		const card = { note: 'paid with 4242 4242 4242 4242' }
		expectRefusal(await settle(id, card), 400, { code: 'card_number_refused', param: 'note' })
		const mistyped = { note: 'paid with 4242 4242 4242 4241' }
		expectRefusal(await settle(id, mistyped), 400, { code: 'note_has_card_number', param: 'note' })
		const other = { ...NOTE, outcome: 'never_charged' }
		expectRefusal(await settle(id, other), 400, { code: 'outcome_invalid', param: 'outcome' })
		const unknown = { ...NOTE, outcome: 'magic' }
		expectRefusal(await settle(id, unknown), 400, { code: 'parameter_invalid', param: 'outcome' })
		expect((await settle(id)).status).toBe(200)
	})

	test('happens once, however many try', async () => {
		const { id, subject } = await waiting()
		const answers = await Promise.all(Array.from({ length: 12 }, () => settle(id)))
		const statuses = answers.map(({ status }) => status).sort()
		expect(statuses).toEqual([200, ...Array.from({ length: 11 }, () => 409)])
		expectRefusal(await settle(id), 409, { code: 'attention_item_closed' })
		expectRefusal(await retry(id), 409, { code: 'attention_item_closed' })
		expect(await auditOf(subject)).toHaveLength(1)
	})

	test('answers the same again under the same key', async () => {
		const { id } = await waiting()
		const key = { 'idempotency-key': `settle-${id}` }
		const first = await settle(id, NOTE, key)
		const again = await settle(id, NOTE, key)
		expect(again).toMatchObject({ status: 200, text: first.text })
		expect(again.headers.get('idempotent-replayed')).toBe('true')
	})

	test('is not for strangers', async () => {
		const { id } = await waiting()
		for (const answer of [
			await settle(id, NOTE, stranger.headers),
			await retry(id, stranger.headers),
			await settle('atn_%00'),
			await settle(newId('pay')),
		])
			expectRefusal(answer, 404, { code: 'attention_item_not_found', param: 'id' })
		const { body } = await house.call('GET', '/api/v1/attention', undefined, stranger.headers)
		expect(body['data']).toEqual([])
		expect((await settle(id)).status).toBe(200)
	})

	test('moves an item from one list to the other; lists go on after a place', async () => {
		const items = [await waiting(), await waiting(), await waiting()]
		const page = await house.call('GET', '/api/v1/attention?limit=2')
		const [newest, second] = page.body['data'] as AttentionItem[]
		expect([newest?.id, second?.id]).toEqual([items[2]?.id, items[1]?.id])
		expect(page.body).toMatchObject({ object: 'list', has_more: true })
		const next = await house.call('GET', `/api/v1/attention?limit=1&starting_after=${second?.id}`)
		expect((next.body['data'] as AttentionItem[])[0]?.id).toBe(items[0]?.id)
		const back = await house.call('GET', `/api/v1/attention?limit=1&ending_before=${second?.id}`)
		expect((back.body['data'] as AttentionItem[])[0]?.id).toBe(newest?.id)
		for (const { id } of items) await settle(id)
		const closed = await house.call('GET', '/api/v1/attention?status=closed&limit=3')
		expect((closed.body['data'] as AttentionItem[]).map(({ id }) => id).sort()).toEqual(
			items.map(({ id }) => id as string).sort(),
		)
		expectRefusal(await house.call('GET', '/api/v1/attention?status=lost'), 400, {
			code: 'parameter_invalid',
			param: 'status',
		})
	})
})

test('after all of it every promise holds', async () => {
	await runNow(house, processPayment)
	await runNow(house, checkAttempt)
	expect(
		await violations(house.services.db, [
			'I09',
			'I10',
			'I11',
			'I17',
			'I18',
			'I21',
			'I23',
			'I24',
			'I25',
			'I30',
		]),
	).toEqual([])
})
