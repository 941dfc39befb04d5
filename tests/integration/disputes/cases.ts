import { randomUUID } from 'node:crypto'
import type { House } from '#tests/support/house.ts'
import { apply, deliver } from '../webhooks/messages.ts'
import { chargedPayment, onlyAttempt } from '../payments/by-hand.ts'

/** Longer than the sandbox's banks take to open a case, and to decide one. */
const LONG_ENOUGH_SECONDS = 700

export const advance = ({ sandbox }: House, seconds = LONG_ENOUGH_SECONDS) =>
	fetch(`${sandbox.url}/sandbox/advance`, { method: 'POST', body: JSON.stringify({ seconds }) })

/** The gateway's own case about a payment. */
export async function caseAtGateway(house: House, paymentId: string) {
	const { provider_ref } = await onlyAttempt(house, paymentId)
	const { disputes } = await house.sandbox.books()
	const found = disputes.find(({ payment_intent }) => payment_intent === provider_ref)
	if (!found) throw new Error(`the gateway has no dispute of ${paymentId}`)
	return found
}

export type Message = { id: string; body: string }

/** A message about a case; what it claims besides the case's name is not to be believed. */
export function messageAboutCase(type: string, ref: string): Message {
	const id = `evt_${randomUUID()}`
	const object = { object: 'dispute', id: ref, status: 'won', amount: 1 }
	return {
		id,
		body: JSON.stringify({ id, object: 'event', type: `charge.dispute.${type}`, data: { object } }),
	}
}

/** The gateway says that a case changed; how it stands is asked there. */
export async function tell(house: House, ref: string, type = 'updated'): Promise<string | null> {
	const message = messageAboutCase(type, ref)
	await deliver(house, message)
	return apply(house, message)
}

export async function caseOf({ services }: House, paymentId: string) {
	return services.db
		.selectFrom('disputes')
		.selectAll()
		.where('payment_id', '=', paymentId)
		.executeTakeFirstOrThrow()
}

/** A payment with this card whose bank has opened a case, of which we have been told. */
export async function disputedPayment(house: House, card: string, fields: object = {}) {
	const paymentId = await chargedPayment(house, { payment_method: card, amount: 2_000, ...fields })
	await advance(house)
	const { id: ref } = await caseAtGateway(house, paymentId)
	await tell(house, ref, 'created')
	return { paymentId, ref, dispute: await caseOf(house, paymentId) }
}

/** Ledger, audit and events of one case, in order. */
export async function storyOf({ services: { db } }: House, disputeId: string, paymentId: string) {
	const posted = await db
		.selectFrom('ledger_transactions')
		.select('kind')
		.where('source_id', '=', disputeId)
		.orderBy('id')
		.execute()
	const audit = await db
		.selectFrom('audit_log')
		.select('action')
		.where('subject_id', '=', disputeId)
		.orderBy('seq')
		.execute()
	const events = await db
		.selectFrom('events')
		.select('type')
		.where('payment_id', '=', paymentId)
		.where('type', 'like', 'dispute.%')
		.orderBy('seq')
		.execute()
	return {
		posted: posted.map(({ kind }) => kind),
		audit: audit.map(({ action }) => action),
		events: events.map(({ type }) => type),
	}
}
