import type { Kysely } from 'kysely'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import { findPayment } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import type { KeptPayment, Payment } from '../contracts/payments.ts'
import type { Payers } from '../vault/payers.server.ts'

type Asked = { merchantId: string; paymentId: string }

/** As it is kept, for an answer that is kept. */
export async function readKeptPayment(
	{ db }: { db: Kysely<DB> },
	{ merchantId, paymentId }: Asked,
): Promise<KeptPayment | null> {
	const row = await findPayment(db, { merchantId, id: paymentId })
	return row ? toPayment(row) : null
}

export async function presentPayment(
	deps: { db: Kysely<DB>; payers: Payers },
	asked: Asked,
): Promise<Payment | null> {
	const kept = await readKeptPayment(deps, asked)
	const [payment = null] = await deps.payers.open(deps.db, kept ? [kept] : [])
	return payment
}

/** Who pays, as far as the merchant said. */
export async function presentPayer(
	{ db, payers }: { db: Kysely<DB>; payers: Payers },
	{ merchantId, paymentId }: Asked,
): Promise<{ clientIp: string | null }> {
	const row = await findPayment(db, { merchantId, id: paymentId })
	const opener = await payers.opener(db, [row?.sealed_ip])
	return { clientIp: opener('ip', row?.sealed_ip) }
}
