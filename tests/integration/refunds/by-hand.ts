import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import Stripe from 'stripe'
import { expect } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import type { House } from '#tests/support/house.ts'
import { chargedPayment, onlyAttempt, paymentOf } from '../payments/by-hand.ts'
import { deliver } from '../webhooks/messages.ts'

export async function paidPayment(house: House, fields: object = {}): Promise<string> {
	const id = await chargedPayment(house, { amount: 2_000, ...fields })
	expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded' })
	return id
}

export const askRefund = (house: House, payment: string, body: object = {}) =>
	house.call('POST', `/api/v1/payments/${payment}/refund`, body)

/** A refund through the API that must be taken. */
export async function takeRefund(house: House, payment: string, amount: number): Promise<string> {
	const { status, body, text } = await askRefund(house, payment, { amount })
	expect(status, text).toBe(201)
	return String(body['id'])
}

export const refundOf = ({ services }: House, id: string) =>
	services.db.selectFrom('refunds').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

export const refundsOf = ({ services }: House, paymentId: string) =>
	services.db.selectFrom('refunds').selectAll().where('payment_id', '=', paymentId).orderBy('id').execute()

/** As if the time of the next look had come. */
export const makeOverdue = ({ services }: House, refundId: string) =>
	sql`update refunds set next_check_at = now() - interval '1 minute' where id = ${refundId}`.execute(
		services.db,
	)

/** Stripe's own SDK at the sandbox, as its dashboard or another program would use it. */
export function gatewayItself({ sandbox, services }: House): Stripe {
	const { hostname, port } = new URL(sandbox.url)
	return new Stripe(services.connections.stripe.secretKey, {
		host: hostname,
		port,
		protocol: 'http',
		maxNetworkRetries: 0,
	})
}

/** A refund that this house knows nothing of. */
export async function refundAtGateway(house: House, paymentId: string, amount: number): Promise<string> {
	const { provider_ref } = await onlyAttempt(house, paymentId)
	const made = await gatewayItself(house).refunds.create({ payment_intent: String(provider_ref), amount })
	return made.id
}

export type Told = { id: string; body: string }

/** A signed message about a gateway refund, kept in the inbox; its job is still to run. */
export async function tellOf(house: House, ref: string, type = 'refund.created'): Promise<Told> {
	const id = `evt_${randomUUID()}`
	const body = JSON.stringify({ id, object: 'event', type, data: { object: { object: 'refund', id: ref } } })
	await deliver(house, { id, body })
	return { id, body }
}

/** What the gateway's own books have refunded of this payment. */
export async function refundedAtGateway(house: House, paymentId: string): Promise<number> {
	const { provider_ref } = await onlyAttempt(house, paymentId)
	const { data } = await gatewayItself(house).refunds.list({
		payment_intent: String(provider_ref),
		limit: 100,
	})
	return data
		.filter(({ status }) => status !== 'failed' && status !== 'canceled')
		.reduce((sum, { amount }) => sum + amount, 0)
}

export type Colleague = { userId: string; actor: { kind: 'console'; ref: string } }

/** One more person of the demo merchant. */
export async function addColleague(house: House, role = 'operator'): Promise<Colleague> {
	const userId = newId('usr')
	const { db } = house.services
	await db
		.insertInto('users')
		.values({
			id: userId,
			email: `${userId}@tillhouse.test`,
			name: 'Cole League',
			password_hash: 'none',
			email_verified_at: new Date(),
		})
		.execute()
	await db
		.insertInto('memberships')
		.values({ merchant_id: house.demo.merchantId, user_id: userId, role })
		.execute()
	return { userId, actor: { kind: 'console', ref: userId } }
}
