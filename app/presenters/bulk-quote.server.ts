import type { Kysely } from 'kysely'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import { findPayments } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import type { BulkQuote } from '../contracts/console.ts'
import type { Payers } from '../vault/payers.server.ts'
import { refundTermsOf } from './refund-terms.server.ts'

/** What refunding all that is left of these payments would cost; payments of others are left out. */
export async function presentBulkQuote(
	{ db, payers }: { db: Kysely<DB>; payers: Payers },
	{ merchantId, ids }: { merchantId: string; ids: readonly string[] },
): Promise<Omit<BulkQuote, 'key'>> {
	const payments = await findPayments(db, { merchantId, ids })
	const terms = await refundTermsOf(db, merchantId, payments)
	const shown = await payers.open(db, payments.map(toPayment))
	return {
		rows: shown.flatMap((payment) => {
			const its = terms.get(payment.id)
			return its ? [{ payment, terms: its }] : []
		}),
	}
}
