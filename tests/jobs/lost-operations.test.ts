import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkAttempt, expirePayments, operateOnPayment } from '#jobs/catalog/payments.ts'
import { expirePayments as expire } from '#app/commands/payments/expire-payments.server.ts'
import operate from '#jobs/handlers/operate-on-payment.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { replaceGateway } from '#tests/support/replace-gateway.ts'
import {
	attentionOn,
	chargedPayment,
	chargesOf,
	paymentOf,
	runNow,
	takePayment,
} from '../integration/payments/by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const held = () => chargedPayment(house, { capture_method: 'manual' })
const ask = (id: string, operation: string) => house.call('POST', `/api/v1/payments/${id}/${operation}`, {})

/** Runs the operation as often as the queue would until it is done. */
async function operateUntilDone(): Promise<number> {
	for (let attempt = 1; attempt <= 5; attempt++) {
		const failed = await runNow(house, operateOnPayment).then(
			() => false,
			() => true,
		)
		if (!failed) return attempt
	}
	throw new Error('the operation never ended')
}

describe.each([
	['capture', 'succeeded'],
	['cancel', 'canceled'],
])('a %s whose answer is lost', (operation, end) => {
	test.each(['error_500_kept', 'error_500_not_kept', 'reset', 'malformed'])(
		`after %s the payment is ${end} and nothing is left open`,
		async (fault) => {
			const id = await held()
			expect(await paymentOf(house, id)).toMatchObject({ status: 'requires_capture' })
			await house.sandbox.spoilNext([fault], '/v1/payment_intents')
			await ask(id, operation)
			await operateUntilDone()
			await runNow(house, checkAttempt)
			expect(await paymentOf(house, id)).toMatchObject({ status: end, requested_operation: null })
			const captured = (await chargesOf(house, id)).filter((charge) => charge.captured)
			expect(captured).toHaveLength(operation === 'capture' ? 1 : 0)
		},
	)
})

describe('the janitor', () => {
	const overdue = (id: string) =>
		house.services.db
			.updateTable('payments')
			.set({ next_check_at: new Date(Date.now() - 60_000) })
			.where('id', '=', id)
			.execute()

	test('a payment with an operation under way does not keep it from the others', async () => {
		const busy = await held()
		await ask(busy, 'capture')
		const unpaid = await takePayment(house, { confirm: false })
		await overdue(busy)
		await overdue(unpaid)
		await expire(house.services, 'test')
		expect(await paymentOf(house, unpaid)).toMatchObject({ status: 'canceled', cause_kind: 'janitor' })
		expect((await paymentOf(house, busy)).next_check_at?.getTime()).toBeGreaterThan(Date.now())
		await operateUntilDone()
		expect(await paymentOf(house, busy)).toMatchObject({ status: 'succeeded' })
	})

	test('a hold nobody captured is released', async () => {
		const id = await held()
		await overdue(id)
		await house.services.db.transaction().execute((tx) => house.services.enqueue(tx, expirePayments, [{}]))
		await runNow(house, expirePayments)
		await operateUntilDone()
		expect(await paymentOf(house, id)).toMatchObject({ status: 'canceled', cause_kind: 'janitor' })
		expect(await chargesOf(house, id)).toMatchObject([{ captured: false }])
	})
})

describe('an operation the gateway refuses for good', () => {
	const refusing = (message: string) =>
		replaceGateway(house.services, ({ payments }) => ({
			payments: {
				...payments,
				capture: () =>
					Promise.resolve({ kind: 'declined', ref: null, code: 'refused', declineCode: null, message }),
			},
		}))

	test('the hold stays, a person learns why, and it can be asked for again', async () => {
		const id = await held()
		await ask(id, 'capture')
		const [fetched] = await house.services.boss.fetch<object>(operateOnPayment.name)
		if (!fetched) throw new Error('the capture has no job')
		const services = refusing('This card no longer takes charges.')
		await operate.run(services, fetched.data, { queue: operateOnPayment.name, job: fetched })

		expect(await paymentOf(house, id)).toMatchObject({
			status: 'requires_capture',
			requested_operation: null,
			error: { type: 'gateway_error', code: 'capture_refused' },
		})
		expect(await attentionOn(house, id)).toEqual(['operation_refused'])
		const [job] = await house.services.boss.findJobs(operateOnPayment.name, { id: fetched.id })
		expect(job?.state).toBe('completed')

		expect(await ask(id, 'capture')).toMatchObject({ status: 200 })
		await operateUntilDone()
		expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', error: null })
	})
})
