import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../random.ts'
import type { Client } from './client.ts'

export type Counts = Record<string, number>

export type Shop = {
	client: Client
	random: Random
	/** The name of this purchase; every key of it starts with this. */
	order: string
	/** One more of these was sent. */
	count: (what: string) => void
	/** True once the load is over: nobody waits any longer for a purchase to go on. */
	isOver: () => boolean
}

const MOVING = new Set(['screening', 'processing'])
const LOOK_MS = 250
const LOOK_AT_MOST_MS = 2_000
const PATIENCE_MS = 60_000

const READ_STATUS = /"status":"(\w+)"/
const READ_ID = /"id":"(pay_\w+)"/

const CARDS = [
	{ method: 'pm_card_visa', declines: false },
	{ method: 'pm_card_mastercard', declines: false },
	{ method: 'pm_card_amex', declines: false },
] as const
const DECLINED = ['pm_card_chargeDeclined', 'pm_card_chargeDeclinedInsufficientFunds'] as const
const CURRENCIES = ['eur', 'usd', 'gbp', 'jpy'] as const

type Paid = { id: string; amount: number; status: string }

/** Takes a payment under its key; null when it was never answered. */
async function pay(
	{ client, random, order, count }: Shop,
	more: object,
	waitSeconds = 0,
): Promise<Paid | null> {
	const amount = 200 + random.below(20_000)
	count('payments')
	const answer = await client.post(
		'/api/v1/payments',
		{
			amount,
			currency: random.pick(CURRENCIES),
			description: `Order ${order}`,
			metadata: { order },
			...more,
		},
		`${order}:pay`,
		waitSeconds,
	)
	const id = READ_ID.exec(answer?.text ?? '')?.[1]
	if (!answer || !id) return null
	return { id, amount, status: READ_STATUS.exec(answer.text)?.[1] ?? '' }
}

/** Asks until the payment rests, as a careful integration does after a 201. */
async function rested({ client, isOver }: Shop, paid: Paid): Promise<string> {
	let { status } = paid
	let pause = LOOK_MS
	const deadline = performance.now() + PATIENCE_MS
	while (MOVING.has(status) && performance.now() < deadline && !isOver()) {
		await sleep(pause)
		pause = Math.min(pause * 1.5, LOOK_AT_MOST_MS)
		const answer = await client.get(`/api/v1/payments/${paid.id}`)
		status = READ_STATUS.exec(answer?.text ?? '')?.[1] ?? status
	}
	return status
}

async function act({ client, order, count }: Shop, { id }: Paid, verb: string, body: object, name = verb) {
	count(verb)
	await client.post(`/api/v1/payments/${id}/${verb}`, body, `${order}:${name}`)
}

type Flow = (shop: Shop) => Promise<void>

const card = ({ random }: Shop) => ({ payment_method: random.pick(CARDS).method, confirm: true })

const simple: Flow = async (shop) => void (await pay(shop, card(shop)))

/** The answer waits for the outcome, so a kill finds the key claimed and not yet answered. */
const waiting: Flow = async (shop) => void (await pay(shop, card(shop), 3))

const declined: Flow = async (shop) =>
	void (await pay(shop, { payment_method: shop.random.pick(DECLINED), confirm: true }))

const confirmedLater: Flow = async (shop) => {
	const paid = await pay(shop, {})
	if (paid) await act(shop, paid, 'confirm', { payment_method: shop.random.pick(CARDS).method })
}

const refunded: Flow = async (shop) => {
	const paid = await pay(shop, card(shop))
	if (!paid || (await rested(shop, paid)) !== 'succeeded') return
	if (shop.random.next() < 0.5) return act(shop, paid, 'refund', {})
	const part = 1 + shop.random.below(paid.amount - 1)
	await act(shop, paid, 'refund', { amount: part, reason: 'requested_by_customer' })
	await act(shop, paid, 'refund', {}, 'refund-rest')
}

const held =
	(verb: 'capture' | 'cancel'): Flow =>
	async (shop) => {
		const paid = await pay(shop, { ...card(shop), capture_method: 'manual' })
		if (!paid || (await rested(shop, paid)) !== 'requires_capture') return
		const isPartial = verb === 'capture' && shop.random.next() < 0.5
		await act(shop, paid, verb, isPartial ? { amount_to_capture: Math.ceil(paid.amount / 2) } : {})
	}

/** Of every hundred purchases. */
const MIX: readonly (readonly [number, Flow])[] = [
	[30, simple],
	[10, waiting],
	[10, declined],
	[8, confirmedLater],
	[24, refunded],
	[12, held('capture')],
	[6, held('cancel')],
]
const TOTAL = MIX.reduce((sum, [share]) => sum + share, 0)

/** What one shopper does, drawn by the seed. */
export async function shopOnce(shop: Shop): Promise<void> {
	let drawn = shop.random.below(TOTAL)
	for (const [share, flow] of MIX) {
		drawn -= share
		if (drawn < 0) return flow(shop)
	}
}
