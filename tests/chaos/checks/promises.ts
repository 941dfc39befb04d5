import type { Acknowledged, Client } from '../load/client.ts'
import type { ChaosDatabase } from '../stage/database.ts'

const isKept = ({ status }: Acknowledged) => status >= 200 && status < 300

type Told = { id: string; amount: number; currency: string }

/** Acknowledged requests whose object is not there as it was told, each with why. */
export async function lostPromises(
	{ pool }: ChaosDatabase,
	acknowledged: readonly Acknowledged[],
): Promise<string[]> {
	const { rows } = await pool.query<{ id: string; amount: string; currency: string; key: string | null }>(`
		select p.id, p.amount_minor::text as amount, p.currency, k.key
			from payments p left join idempotency_keys k on k.resource_id = p.id and k.route like 'POST /payments'
		union all
		select r.id, r.amount_minor::text, r.currency, k.key
			from refunds r left join idempotency_keys k on k.resource_id = r.id`)
	const kept = new Map(rows.map((row) => [row.id, row]))
	return acknowledged.filter(isKept).flatMap(({ text, key, path }) => {
		const told = JSON.parse(text) as Told
		const row = kept.get(told.id)
		if (!row) return [`${key}: ${told.id} was acknowledged and is not there`]
		if (row.amount !== String(told.amount) || row.currency !== told.currency)
			return [`${key}: ${told.id} changed`]
		const isCreation = path === '/api/v1/payments' || path.endsWith('/refund')
		return isCreation && row.key !== key ? [`${key}: ${told.id} has the key ${row.key}`] : []
	})
}

/** Purchases that became two payments, and refunds that no request asked for or two were made for one. */
export async function doubledEffects({ pool }: ChaosDatabase): Promise<string[]> {
	const { rows } = await pool.query<{ what: string }>(`
		select metadata->>'order' || ' ×' || count(*) as what from payments
			where metadata ? 'order' group by metadata->>'order' having count(*) > 1
		union all
		select 'refund ' || r.id || ' has ' || count(k.key) || ' keys' from refunds r
			left join idempotency_keys k on k.resource_id = r.id group by r.id having count(k.key) <> 1`)
	return rows.map(({ what }) => what)
}

/** Good cards whose payment was called failed although nobody declined it. */
export async function failedOnAGuess({ pool }: ChaosDatabase): Promise<string[]> {
	const { rows } = await pool.query<{ id: string }>(`
		select id from payments where status = 'failed' and payment_method !~ 'Declined'`)
	return rows.map(({ id }) => id)
}

const TOGETHER = 24

/** Sends everything acknowledged once more: the same bytes must come back, marked as a replay. */
export async function brokenReplays(url: string, client: Client, acknowledged: readonly Acknowledged[]) {
	const left = acknowledged.filter(isKept)
	const count = left.length
	const broken: string[] = []
	const worker = async () => {
		for (let next = left.pop(); next; next = left.pop()) {
			const { path, key, body, status, text } = next
			const again = await client.once(url, 'POST', path, body, { 'idempotency-key': key })
			const isSame = again.status === status && again.text === text
			if (!isSame || again.headers['idempotent-replayed'] !== 'true') {
				broken.push(`${key}: ${status} ${text} → ${again.status} ${again.text}`)
			}
		}
	}
	await Promise.all(Array.from({ length: TOGETHER }, worker))
	return { count, broken }
}
