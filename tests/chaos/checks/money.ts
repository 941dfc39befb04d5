import type { ChaosDatabase } from '../stage/database.ts'
import type { Books } from '../stage/gateway.ts'

const countBy = (names: readonly (string | undefined)[]): Map<string, number> => {
	const counts = new Map<string, number>()
	for (const name of names) if (name) counts.set(name, (counts.get(name) ?? 0) + 1)
	return counts
}

const moreThanOnce = (counts: Map<string, number>): string[] =>
	[...counts].filter(([, count]) => count > 1).map(([name, count]) => `${name} ×${count}`)

/** Payments the gateway charged twice and refunds it made twice, by its own books. */
export function chargedTwice({ charges, refunds }: Books): string[] {
	const made = charges.filter(({ status }) => status === 'succeeded')
	const alive = refunds.filter(({ status }) => status !== 'failed' && status !== 'canceled')
	return [
		...moreThanOnce(countBy(made.map(({ metadata }) => metadata['payment_id']))),
		...moreThanOnce(countBy(alive.map(({ metadata }) => metadata['refund_id']))),
	]
}

type Sums = Map<string, bigint>

const add = (sums: Sums, name: string, amount: bigint) => void sums.set(name, (sums.get(name) ?? 0n) + amount)

/** Captured and refunded money by currency, ours minus the gateway's: the distance in minor units. */
export async function differenceOf({ pool }: ChaosDatabase, { charges, refunds }: Books): Promise<bigint> {
	const sums: Sums = new Map()
	const { rows } = await pool.query<{ name: string; amount: string }>(`
		select 'captured ' || currency as name, sum(captured_minor)::text as amount from payments group by currency
		union all
		select 'refunded ' || currency, sum(refunded_minor)::text from payments group by currency`)
	for (const { name, amount } of rows) add(sums, name, BigInt(amount))
	for (const { currency, amount_captured } of charges)
		add(sums, `captured ${currency}`, -BigInt(amount_captured))
	for (const { currency, amount, status } of refunds) {
		if (status === 'succeeded') add(sums, `refunded ${currency}`, -BigInt(amount))
	}
	return [...sums.values()].reduce((total, left) => total + (left < 0n ? -left : left), 0n)
}
