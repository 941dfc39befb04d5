import type { Tx } from '#db/client.ts'
import { appendLabels } from '#db/queries/fraud-labels.ts'
import type { LabelSource, Verdict } from '../../domain/fraud/labels.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'

type Outcome = { source: LabelSource; verdict: Verdict; cause: Cause }

/** Step: what became known of a payment, for features and models to learn from. */
export async function noteOutcome(
	tx: Tx,
	{ id, merchant_id }: { id: string; merchant_id: string },
	{ source, verdict, cause }: Outcome,
): Promise<void> {
	const label = { merchant_id, payment_id: id, source, verdict, known_at: null, actor: causeText(cause) }
	await appendLabels(tx, [label])
}
