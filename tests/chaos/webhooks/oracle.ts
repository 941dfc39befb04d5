import type Stripe from 'stripe'
import type { ChaosDatabase } from '../stage/database.ts'
import type { Gateway } from '../stage/gateway.ts'

type State = { status: string; captured: bigint }

/** What a payment must be, by the gateway's own objects alone. */
const expected = (intent: Stripe.PaymentIntent): State => ({
	status: intent.status,
	captured: BigInt(intent.amount_received),
})

async function paymentsOf({ pool }: ChaosDatabase): Promise<Map<string, State>> {
	const { rows } = await pool.query<{ id: string; status: string; captured: string }>(
		`select id, status, captured_minor::text as captured from payments`,
	)
	return new Map(rows.map(({ id, status, captured }) => [id, { status, captured: BigInt(captured) }]))
}

async function refundsOf({ pool }: ChaosDatabase): Promise<Map<string, string>> {
	const { rows } = await pool.query<{ id: string; status: string }>('select id, status from refunds')
	return new Map(rows.map(({ id, status }) => [id, status]))
}

const differs = (ours: State | undefined, theirs: State): boolean =>
	ours?.status !== theirs.status || ours.captured !== theirs.captured

/** Payments and refunds that are not as the gateway's books say. */
export async function againstOracle(
	database: ChaosDatabase,
	stripe: Stripe,
	gateway: Gateway,
): Promise<string[]> {
	const payments = await paymentsOf(database)
	const refunds = await refundsOf(database)
	const wrong: string[] = []
	for await (const intent of stripe.paymentIntents.list({ limit: 100 })) {
		const id = intent.metadata['payment_id'] ?? ''
		const ours = payments.get(id)
		if (differs(ours, expected(intent))) {
			wrong.push(`${id} is ${ours?.status} ${ours?.captured}, the gateway has ${intent.status}`)
		}
	}
	for (const { metadata, status } of (await gateway.books()).refunds) {
		const id = metadata['refund_id'] ?? ''
		if (refunds.get(id) !== status) wrong.push(`${id} is ${refunds.get(id)}, the gateway has ${status}`)
	}
	return wrong
}
