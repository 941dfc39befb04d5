import type { Executor } from '#db/client.ts'
import type { ChargeRequest, KeptRequest } from '../../domain/payments/ports.ts'
import type { Payers } from '../../vault/payers.server.ts'

/** The call as it is sent, from the call as it is kept. */
export async function openRequest(
	{ db, payers }: { db: Executor; payers: Payers },
	kept: KeptRequest,
): Promise<ChargeRequest> {
	const opener = await payers.opener(db, [kept.receiptEmail])
	return { ...kept, receiptEmail: opener('email', kept.receiptEmail) }
}
