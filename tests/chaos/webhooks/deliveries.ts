import Stripe from 'stripe'
import type { Random } from '../random.ts'
import { WEBHOOK_SECRET } from '../stage/stage.ts'

export type Kind = 'genuine' | 'forged' | 'stale' | 'foreign'
export type Delivery = { kind: Kind; eventId: string; body: string; sign: () => string | null }

const TIMES = 3
const SHARES = { forged: 0.05, stale: 0.02, foreign: 0.02 } as const
const TOLERANCE_S = 300
const DAY_S = 86_400

const nowSeconds = () => Math.floor(Date.now() / 1000)

const signed = (payload: string, secret = WEBHOOK_SECRET, timestamp = nowSeconds()): string =>
	Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp })

type Forge = (body: string, random: Random) => string | null

/** A header that does not belong to the body it comes with. */
const FORGERIES: readonly Forge[] = [
	() => null,
	(body) => signed(body, 'whsec_forged_by_somebody'),
	(body) => signed(body).replace('v1=', 'v0='),
	(body) => signed(`${body} `),
	(body) => signed(JSON.stringify(JSON.parse(body), null, 1)),
	(body, random) => {
		const header = signed(body)
		const at = header.length - 1 - random.below(64)
		return header.slice(0, at) + (header[at] === '0' ? '1' : '0') + header.slice(at + 1)
	},
	() => `t=${nowSeconds()},v1=`,
]

/** The same claim under a name of its own, so that its acceptance would show. */
const renamed = (event: Stripe.Event, name: string, more: object = {}): { eventId: string; body: string } => {
	const eventId = `evt_${name}`
	return { eventId, body: JSON.stringify({ ...event, id: eventId, ...more }) }
}

function strange(
	kind: Exclude<Kind, 'genuine'>,
	event: Stripe.Event,
	random: Random,
	index: number,
): Delivery {
	const name = `${kind}${index}`
	if (kind === 'forged') {
		const { eventId, body } = renamed(event, name)
		const forge = random.pick(FORGERIES)
		return { kind, eventId, body, sign: () => forge(body, random) }
	}
	if (kind === 'stale') {
		const { eventId, body } = renamed(event, name)
		const by = TOLERANCE_S + 5 + random.below(DAY_S)
		const ahead = random.next() < 0.5
		return { kind, eventId, body, sign: () => signed(body, undefined, nowSeconds() + (ahead ? by : -by)) }
	}
	const other = random.next() < 0.5 ? { account: 'acct_of_another_merchant' } : { livemode: true }
	const { eventId, body } = renamed(event, name, other)
	return { kind, eventId, body, sign: () => signed(body) }
}

/** Every message three times, and among them what must not get in, in one shuffled row. */
export function plan(events: readonly Stripe.Event[], random: Random): Delivery[] {
	const genuine = events.flatMap((event): Delivery[] => {
		const body = JSON.stringify(event)
		const delivery: Delivery = { kind: 'genuine', eventId: event.id, body, sign: () => signed(body) }
		return Array.from({ length: TIMES }, () => delivery)
	})
	const whole = genuine.length / (1 - SHARES.forged - SHARES.stale - SHARES.foreign)
	const strangers = (['forged', 'stale', 'foreign'] as const).flatMap((kind) =>
		Array.from({ length: Math.ceil(whole * SHARES[kind]) }, (_, index) =>
			strange(kind, random.pick(events), random, index),
		),
	)
	return random.shuffled([...genuine, ...strangers])
}
