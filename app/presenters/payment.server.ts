import type { Kysely } from 'kysely'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import { findPayment } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import type { Payment } from '../contracts/payments.ts'

export async function presentPayment(
	{ db }: { db: Kysely<DB> },
	{ merchantId, paymentId }: { merchantId: string; paymentId: string },
): Promise<Payment | null> {
	const row = await findPayment(db, { merchantId, id: paymentId })
	return row ? toPayment(row) : null
}

/** Who pays, as far as the merchant said. */
export async function presentPayer(
	{ db }: { db: Kysely<DB> },
	{ merchantId, paymentId }: { merchantId: string; paymentId: string },
): Promise<{ clientIp: string | null }> {
	const row = await findPayment(db, { merchantId, id: paymentId })
	return { clientIp: row?.client_ip ?? null }
}
