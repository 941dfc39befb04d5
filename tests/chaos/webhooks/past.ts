import { setTimeout as sleep } from 'node:timers/promises'
import type Stripe from 'stripe'
import type { Client } from '../load/client.ts'
import type { Random } from '../random.ts'

/** How a payment goes on at the gateway while the app hears nothing of it. */
const COURSES = [
	{ name: 'authenticated', body: { payment_method: 'pm_card_threeDSecure2Required' } },
	{ name: 'not authenticated', body: { payment_method: 'pm_card_threeDSecure2Required' } },
	{ name: 'captured there', body: { payment_method: 'pm_card_visa', capture_method: 'manual' } },
	{ name: 'canceled there', body: { payment_method: 'pm_card_visa', capture_method: 'manual' } },
	{ name: 'refund fails later', body: { payment_method: 'pm_card_refundFail' } },
	{ name: 'refund takes its time', body: { payment_method: 'pm_card_pendingRefund' } },
] as const

type Course = (typeof COURSES)[number]
type Taken = { id: string; course: Course }

const TOGETHER = 24
/** Payments made before the messages are counted again. */
const AT_ONCE = 60
const LOOK_MS = 200
const MOVING = /"status":"(?:screening|processing)"/

const READ_ID = /"id":"(pay_\w+)"/

async function inTurns<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
	const left = [...things]
	const worker = async () => {
		for (let next = left.pop(); next !== undefined; next = left.pop()) await work(next)
	}
	await Promise.all(Array.from({ length: TOGETHER }, worker))
}

async function take(client: Client, random: Random, order: string, course: Course): Promise<Taken> {
	const body = { amount: 500 + random.below(9_000), currency: 'eur', confirm: true, metadata: { order } }
	const answer = await client.post('/api/v1/payments', { ...body, ...course.body }, `${order}:pay`)
	const id = READ_ID.exec(answer?.text ?? '')?.[1]
	if (!id) throw new Error(`${order} was not taken: ${answer?.text ?? 'no answer'}`)
	for (;;) {
		const present = await client.get(`/api/v1/payments/${id}`)
		if (present && !MOVING.test(present.text)) return { id, course }
		await sleep(LOOK_MS)
	}
}

/** Presses a button on the bank's page, as the shopper would. */
async function press(intent: Stripe.PaymentIntent, outcome: 'complete' | 'fail'): Promise<void> {
	const page = intent.next_action?.redirect_to_url?.url
	if (!page) throw new Error(`${intent.id} has no page to press a button on`)
	await fetch(page, { method: 'POST', body: new URLSearchParams({ outcome }) })
}

async function goOn(client: Client, stripe: Stripe, { id, course }: Taken, intent: Stripe.PaymentIntent) {
	switch (course.name) {
		case 'authenticated':
			return press(intent, 'complete')
		case 'not authenticated':
			return press(intent, 'fail')
		case 'captured there':
			return void (await stripe.paymentIntents.capture(intent.id))
		case 'canceled there':
			return void (await stripe.paymentIntents.cancel(intent.id))
		case 'refund fails later':
		case 'refund takes its time':
			return void (await client.post(`/api/v1/payments/${id}/refund`, {}, `${id}:refund`))
	}
}

async function allOf<T>(pages: AsyncIterable<T>): Promise<T[]> {
	const all: T[] = []
	for await (const one of pages) all.push(one)
	return all
}

/** Payments whose end only the gateway's messages tell. Resolves when there are at least so many messages. */
export async function makePast(client: Client, stripe: Stripe, random: Random, messages: number) {
	for (let made = 0; ; made += AT_ONCE) {
		const events = await allOf(stripe.events.list({ limit: 100 }))
		if (events.length >= messages) return
		const taken: Taken[] = []
		await inTurns(
			Array.from({ length: AT_ONCE }, (_, index) => made + index),
			async (index) => {
				const course = COURSES[index % COURSES.length]
				if (course) taken.push(await take(client, random.fork(`${index}`), `past-${index}`, course))
			},
		)
		const intents = new Map(
			(await allOf(stripe.paymentIntents.list({ limit: 100 }))).map((intent) => [
				intent.metadata['payment_id'],
				intent,
			]),
		)
		await inTurns(taken, async (one) => {
			const intent = intents.get(one.id)
			if (!intent) throw new Error(`the gateway has no intent of ${one.id}`)
			await goOn(client, stripe, one, intent)
		})
	}
}

/** Every message the gateway has, and would have sent. */
export const messagesOf = (stripe: Stripe): Promise<Stripe.Event[]> =>
	allOf(stripe.events.list({ limit: 100 }))
