import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { THROUGH_REMIX } from '#tests/support/doors.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import {
	attentionOn,
	chargedPayment,
	onlyAttempt,
	paymentOf,
	runNow,
	screened,
	takePayment,
} from '../payments/by-hand.ts'
import { apply, deliver, messageAbout, signed } from './messages.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const inbox = (eventId: string) =>
	house.services.db.selectFrom('webhook_inbox').selectAll().where('event_id', '=', eventId).execute()

describe('what is let in', () => {
	test.each([
		['fast lane', {}],
		['Remix', THROUGH_REMIX],
	])('a signed message is kept once with its job, through the %s', async (_door, door) => {
		const message = messageAbout('charge.succeeded', 'pi_unknown', 'att_unknown')
		const send = () =>
			house.call('POST', '/api/webhooks/stripe', message.body, {
				'stripe-signature': signed(message.body),
				...door,
			})
		expect((await send()).body).toEqual({ received: true, duplicate: false })
		expect((await send()).body).toEqual({ received: true, duplicate: true })
		expect(await inbox(message.id)).toMatchObject([{ type: 'charge.succeeded', signature_ok: true }])
		expect(await runNow(house, applyWebhook)).toBe(1)
		expect(await inbox(message.id)).toMatchObject([{ outcome: 'no attempt of ours' }])
	})

	test('a message with a wrong signature leaves no trace', async () => {
		const message = messageAbout('charge.succeeded', 'pi_1', 'att_1')
		const answer = await deliver(house, message, signed(`${message.body} `))
		expect(answer.status).toBe(400)
		expect(answer.text).toContain('signature_invalid')
		expect(await inbox(message.id)).toEqual([])
	})

	test('a message about nothing of ours is kept and left alone', async () => {
		const id = `evt_${Date.now()}`
		const body = JSON.stringify({
			id,
			object: 'event',
			type: 'customer.created',
			data: { object: { object: 'customer', id: 'cus_1' } },
		})
		expect((await deliver(house, { id, body })).status).toBe(200)
		expect(await apply(house, { id, body })).toBe('kept, nothing to do')
	})
})

describe('what is believed', () => {
	test('a message that claims success for a charge nobody made moves nothing', async () => {
		const id = await takePayment(house)
		const charge = await screened(house, id)
		const message = messageAbout('payment_intent.succeeded', 'pi_invented', charge.attemptId)
		await deliver(house, message)
		await expect(apply(house, message)).rejects.toThrow(/No such payment_intent/)
		expect(await paymentOf(house, id)).toMatchObject({ status: 'processing', captured_minor: 0n })
		await runNow(house, applyWebhook).catch(() => undefined)
	})

	test('the success of one payment cannot be pinned on another', async () => {
		const paid = await chargedPayment(house)
		const { provider_ref } = await onlyAttempt(house, paid)
		const other = await takePayment(house, { amount: 999_00 })
		const charge = await screened(house, other)
		const message = messageAbout('payment_intent.succeeded', String(provider_ref), charge.attemptId)
		await deliver(house, message)
		await apply(house, message)
		expect(await paymentOf(house, other)).toMatchObject({ status: 'processing', captured_minor: 0n })
	})
})

describe('money that moves after the end', () => {
	test('a capture of a canceled payment keeps the state and goes before a person', async () => {
		const id = await takePayment(house)
		const charge = await screened(house, id)
		const outcome = await house.services.gateways.of('stripe').payments.charge(charge)
		const ref = 'ref' in outcome ? String(outcome.ref) : ''
		await house.services.settleLane.push({
			attemptId: charge.attemptId,
			outcome: { kind: 'canceled', ref },
			cause: { kind: 'job', ref: 'test' },
			job: null,
		})
		const { status } = await paymentOf(house, id)
		const message = messageAbout('payment_intent.succeeded', ref, charge.attemptId)
		await deliver(house, message)
		await apply(house, message)
		expect(await paymentOf(house, id)).toMatchObject({ status, captured_minor: 0n })
		expect(await attentionOn(house, id)).toEqual(['late_money'])
	})
})
