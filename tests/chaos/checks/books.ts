import { newId } from '#app/domain/ids/new-id.ts'
import type { ChaosDatabase } from '../stage/database.ts'
import type { Books, Gateway } from '../stage/gateway.ts'

const seconds = (at: number) => new Date(at * 1000)

function observations({ charges, refunds }: Books) {
	const made = charges.filter(({ status }) => status !== 'failed')
	return [
		...made.map((charge) => ({
			livemode: false,
			provider: 'stripe',
			kind: charge.captured ? ('charge' as const) : ('authorization' as const),
			provider_ref: charge.payment_intent,
			status: charge.status,
			amount_minor: BigInt(charge.captured ? charge.amount_captured : charge.amount),
			currency: charge.currency,
			fee_minor: charge.captured ? BigInt(charge.fee) : null,
			our_ref: charge.metadata['attempt_id'] ?? null,
			occurred_at: seconds(charge.created),
		})),
		...refunds.map((refund) => ({
			livemode: false,
			provider: 'stripe',
			kind: 'refund' as const,
			provider_ref: refund.id,
			status: refund.status,
			amount_minor: BigInt(refund.amount),
			currency: refund.currency,
			our_ref: refund.metadata['refund_id'] ?? null,
			parent_ref: refund.payment_intent,
			occurred_at: seconds(refund.created),
		})),
	]
}

const AT_ONCE = 1_000

/** Writes the gateway's own account beside ours, so that the invariants compare the two. */
export async function importBooks({ owner }: ChaosDatabase, gateway: Gateway): Promise<Books> {
	const coveredUntil = new Date()
	const books = await gateway.books()
	const rows = observations(books)
	for (let from = 0; from < rows.length; from += AT_ONCE) {
		await owner
			.insertInto('gateway_observations')
			.values(rows.slice(from, from + AT_ONCE))
			.onConflict((conflict) =>
				conflict.columns(['livemode', 'provider', 'provider_ref', 'kind']).doUpdateSet((eb) => ({
					status: eb.ref('excluded.status'),
					amount_minor: eb.ref('excluded.amount_minor'),
					currency: eb.ref('excluded.currency'),
				})),
			)
			.execute()
	}
	await owner
		.insertInto('gateway_imports')
		.values({
			id: newId('gwi'),
			livemode: false,
			provider: 'stripe',
			covered_from: new Date(0),
			covered_until: coveredUntil,
		})
		.execute()
	return books
}
