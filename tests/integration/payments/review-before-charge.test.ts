import { afterAll, beforeAll, expect, test } from 'vitest'
import { expirePayments, processPayment } from '#jobs/catalog/payments.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../ledger/invariants.ts'
import { chargedPayment, onlyAttempt, paymentOf, runNow } from './by-hand.ts'
import { listAttempts } from '#db/queries/attempts.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())

/** A bank debit above 5,000 US dollars: a person looks first, and a debit cannot be held meanwhile. */
const waiting = () =>
	chargedPayment(house, { payment_method: 'pm_sepaDebit_success', amount: 900_000, currency: 'eur' })
const ask = (id: string, verb: string, body: object = {}) =>
	house.call('POST', `/api/v1/payments/${id}/${verb}`, body)

test('nothing is charged until a person approves; then it is charged once', async () => {
	const id = await waiting()
	expect(await paymentOf(house, id)).toMatchObject({ status: 'in_review', risk_decision: 'review' })
	expect(await listAttempts(house.services.db, id)).toEqual([])

	const part = await ask(id, 'capture', { amount_to_capture: 100 })
	expect([part.status, (part.body['error'] as { param: string }).param]).toEqual([400, 'amount_to_capture'])
	const answers = await Promise.all([ask(id, 'approve'), ask(id, 'approve')])
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
	await runNow(house, processPayment)
	expect(await paymentOf(house, id)).toMatchObject({ status: 'processing' })
	expect((await onlyAttempt(house, id)).request).toMatchObject({ method: 'pm_sepaDebit_success' })
})

test('a rejected one fails and a canceled one ends, without a word to the gateway', async () => {
	const [rejected, canceled] = [await waiting(), await waiting()]
	expect((await ask(rejected, 'reject')).body).toMatchObject({ status: 'failed' })
	expect((await ask(canceled, 'cancel')).body).toMatchObject({ status: 'canceled' })
	for (const id of [rejected, canceled]) expect(await listAttempts(house.services.db, id)).toEqual([])
})

test('after seven days nobody decided, and it ends', async () => {
	const id = await waiting()
	await house.owner
		.updateTable('payments')
		.set({ next_check_at: new Date(Date.now() - 1_000) })
		.where('id', '=', id)
		.execute()
	await house.services.db.transaction().execute((tx) => house.services.enqueue(tx, expirePayments, [{}]))
	await runNow(house, expirePayments)
	expect(await paymentOf(house, id)).toMatchObject({ status: 'canceled', cause_kind: 'janitor' })
})

test('the books hold', async () => {
	expect(await violations(house.owner)).toEqual([])
})
