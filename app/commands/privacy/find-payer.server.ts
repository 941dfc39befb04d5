import type { Executor } from '#db/client.ts'
import { findPayer, findPayerByHash, type PayerRow } from '#db/queries/payers.ts'
import { findPayment } from '#db/queries/payments.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { Payers } from '../../vault/payers.server.ts'

export const payerNotFound = (param = 'id'): DomainError =>
	new DomainError('not_found', 'payer_not_found', 'Nothing is held about anybody like this.', { param })

type Wanted = { email: string } | { payment: string }

/** The payer of an address or of a payment. Throws when nothing is held about them. */
export async function payerOf(
	{ db, payers }: { db: Executor; payers: Payers },
	merchantId: string,
	wanted: Wanted,
): Promise<PayerRow> {
	if ('email' in wanted) {
		const emailHash = await payers.emailHash(merchantId, wanted.email)
		const found = await findPayerByHash(db, { merchantId, emailHash })
		if (!found) throw payerNotFound('email')
		return found
	}
	const payment = await findPayment(db, { merchantId, id: wanted.payment })
	const found = payment?.payer_id && (await findPayer(db, { merchantId, id: payment.payer_id }))
	if (!found) throw payerNotFound('payment')
	return found
}
