import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import applyWebhook from '#jobs/handlers/apply-webhook.ts'
import { WEBHOOK_SECRET, type House } from '#tests/support/house.ts'

/** The five messages of a payment with a challenge, in the order the gateway has them. */
export const TYPES = [
	'payment_intent.created',
	'payment_intent.requires_action',
	'payment_intent.processing',
	'payment_intent.succeeded',
	'charge.succeeded',
] as const

export type Message = { id: string; body: string }

/** A message about an intent as the gateway would send it; its claims are not to be believed. */
export function messageAbout(type: string, intent: string, attemptId: string): Message {
	const id = `evt_${randomUUID()}`
	const metadata = { attempt_id: attemptId }
	const object = type.startsWith('charge.')
		? { object: 'charge', id: `ch_${id}`, payment_intent: intent, amount: 1, metadata }
		: { object: 'payment_intent', id: intent, amount: 1, status: 'canceled', metadata }
	return { id, body: JSON.stringify({ id, object: 'event', type, data: { object } }) }
}

export const signed = (payload: string): string =>
	Stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET })

export const deliver = ({ call }: House, { body }: Message, signature = signed(body)) =>
	call('POST', '/api/v1/webhooks/stripe', body, { 'stripe-signature': signature })

/** Runs the job of a delivered message now and says what came of it. */
export async function apply({ services }: House, { id }: Message): Promise<string | null> {
	const kept = services.db.selectFrom('webhook_inbox').where('event_id', '=', id)
	const { id: inboxId } = await kept.select('id').executeTakeFirstOrThrow()
	const fetched = { queue: applyWebhook.job.name, job: { id: 'test' } as never }
	await applyWebhook.run(services, { inboxId }, fetched)
	return (await kept.select('outcome').executeTakeFirstOrThrow()).outcome
}

/** Every order of some things. */
export function permutations<T>(things: readonly T[]): T[][] {
	if (things.length <= 1) return [[...things]]
	return things.flatMap((first, index) =>
		permutations(things.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
	)
}
