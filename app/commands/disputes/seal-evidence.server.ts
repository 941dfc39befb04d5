import type { Tx } from '#db/client.ts'
import { findDataKeyOf } from '#db/queries/data-keys.ts'
import { givePayer } from '#db/queries/payers.ts'
import { findPayment } from '#db/queries/payments.ts'
import type { Evidence } from '../../domain/disputes/evidence.ts'
import type { Sealed } from '../../domain/privacy/sealed.ts'
import { PERSONAL } from '../../vault/keep-payers.server.ts'
import type { Payers } from '../../vault/payers.server.ts'

type Input = { merchantId: string; paymentId: string; evidence: Evidence }

/**
 * Step: what is written to a bank is about the payer, so their key seals it. A payment that names nobody is given a
 * payer of its own; so is one whose payer was erased. The payment's row must be locked.
 */
export async function sealEvidence(
	tx: Tx,
	payers: Payers,
	{ merchantId, paymentId, evidence }: Input,
): Promise<Sealed | null> {
	if (Object.keys(evidence).length === 0) return null
	const payment = await findPayment(tx, { merchantId, id: paymentId })
	const known =
		payment?.payer_id && (await findDataKeyOf(tx, { subjectId: payment.payer_id, purpose: PERSONAL }))
	const key = known || (await payers.make(tx, merchantId))
	if (!known) await givePayer(tx, { merchantId, paymentId, payerId: key.subject_id })
	return payers.sealerOf(key)('evidence', JSON.stringify(evidence))
}
