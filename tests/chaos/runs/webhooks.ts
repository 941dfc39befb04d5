import { setTimeout as sleep } from 'node:timers/promises'
import Stripe from 'stripe'
import { percentilesOf } from '#tests/support/percentiles.ts'
import { aftermath } from '../checks/aftermath.ts'
import { watchInvariants } from '../checks/invariants.ts'
import { settled } from '../checks/settled.ts'
import type { RunContext } from '../context.ts'
import { atLeast, atMost, none, pace, type Outcome } from '../figure.ts'
import { createClient, type Client } from '../load/client.ts'
import type { Stage } from '../stage/stage.ts'
import { plan, type Delivery, type Kind } from '../webhooks/deliveries.ts'
import { againstOracle } from '../webhooks/oracle.ts'
import { makePast, messagesOf } from '../webhooks/past.ts'

const PATH = '/api/v1/webhooks/stripe'
const PER_SECOND = 150
const ACK_P99_MS = 250
const AGAIN_MS = 300
/** Of ten thousand deliveries: three of each message, and nine in a hundred that are strange. */
const MESSAGES_PER_DELIVERY = 0.91 / 3
const SECRET_KEY = 'sk_test_sandbox_tillhouse'

type Received = {
	sent: number
	accepted: Record<Kind, number>
	refused: Record<Kind, number>
	ackMs: number[]
}

const zeros = (): Record<Kind, number> => ({ genuine: 0, forged: 0, stale: 0, foreign: 0 })

const clientFor = ({ gateway }: Stage): Stripe => {
	const { hostname, port } = new URL(gateway.url)
	return new Stripe(SECRET_KEY, {
		host: hostname,
		port,
		protocol: 'http',
		maxNetworkRetries: 0,
		telemetry: false,
	})
}

/** Delivers at a fixed rate, whatever the answers; what was not taken is sent again, as the gateway would. */
async function deliverAll(
	client: Client,
	urls: readonly string[],
	row: readonly Delivery[],
): Promise<Received> {
	const received: Received = { sent: 0, accepted: zeros(), refused: zeros(), ackMs: [] }
	const deliver = async ({ kind, body, sign }: Delivery): Promise<void> => {
		for (;;) {
			const url = urls[received.sent++ % urls.length] ?? ''
			const signature = sign()
			const startedAt = performance.now()
			const answer = await client
				.once(url, 'POST', PATH, body, signature === null ? {} : { 'stripe-signature': signature })
				.catch(() => null)
			if (answer && answer.status < 300) {
				received.accepted[kind] += 1
				if (kind === 'genuine') received.ackMs.push(performance.now() - startedAt)
				return
			}
			if (answer && answer.status < 500) {
				received.refused[kind] += 1
				return
			}
			await sleep(AGAIN_MS)
		}
	}
	const under: Promise<void>[] = []
	const startedAt = performance.now()
	while (under.length < row.length) {
		const due = Math.min(row.length, ((performance.now() - startedAt) / 1000) * PER_SECOND)
		for (let next = row[under.length]; next && under.length < due; next = row[under.length]) {
			under.push(deliver(next))
		}
		await sleep(1)
	}
	await Promise.all(under)
	return received
}

/** R4: messages of the gateway, shuffled and tripled, among forged, stale and foreign ones. */
export async function runWebhooks(context: RunContext): Promise<Outcome> {
	const { sizes, random, signal, say } = context
	const stage = await context.open({ webhooks: false, gatewayTimeoutMs: 5_000 })
	const urls = stage.instances.map(({ url }) => url)
	const client = createClient(urls, stage.database.demo.secretKey)
	const stripe = clientFor(stage)
	const invariants = watchInvariants(stage.database)
	const { deliveries } = sizes.webhooks
	say(`R4: making a past for ${deliveries} deliveries`)
	await makePast(client, stripe, random.fork('past'), Math.ceil(deliveries * MESSAGES_PER_DELIVERY))
	await settled(stage.database, signal)
	const before = await againstOracle(stage.database, stripe, stage.gateway)
	const row = plan(await messagesOf(stripe), random.fork('deliveries'))
	say(`R4: delivering ${row.length}`)
	const { accepted, refused, ackMs, sent } = await deliverAll(client, urls, row)
	const after = await aftermath({ stage, client, invariants, signal, say })
	const wrong = await againstOracle(stage.database, stripe, stage.gateway)
	const { rows } = await stage.database.pool.query<{ count: number }>(
		`select count(*)::int as count from webhook_inbox where event_id ~ '^evt_(forged|stale|foreign)'`,
	)
	client.close()
	return {
		figures: [
			atLeast('deliveries', deliveries, row.length),
			atLeast('payments and refunds that only a message can settle', deliveries / 50, before.length),
			none('of these not as the oracle says in the end', wrong.length),
			none('forged accepted', accepted.forged),
			none('stale accepted', accepted.stale),
			none('of another merchant accepted', accepted.foreign),
			none('of all these in the inbox', rows[0]?.count ?? -1),
			none('genuine refused', refused.genuine),
			pace(atMost('acknowledged, p99', ACK_P99_MS, percentilesOf(ackMs).p99, 'ms', 0)),
			...after.figures,
		],
		notes: [
			`refused: ${refused.forged} forged, ${refused.stale} stale, ${refused.foreign} of another merchant; sent ${sent} in all`,
			...wrong.slice(0, 5).map((one) => `oracle: ${one}`),
			...after.notes,
		],
	}
}
