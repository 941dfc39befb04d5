import type { Executor } from '#db/client.ts'
import type { DisputeRow } from '#db/queries/disputes.ts'
import type { Evidence } from '../domain/disputes/evidence.ts'
import type { Payers } from './payers.server.ts'

/** What was written to the bank about a payer, as it was written; nothing once the payer was erased. */
export async function openEvidence(
	payers: Payers,
	db: Executor,
	{ sealed_evidence: sealed }: Pick<DisputeRow, 'sealed_evidence'>,
): Promise<Evidence> {
	const opener = await payers.opener(db, [sealed])
	return JSON.parse(opener('evidence', sealed) ?? '{}') as Evidence
}
