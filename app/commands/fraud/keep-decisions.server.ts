import type { Tx } from '#db/client.ts'
import { FEATURE_SET } from '#db/features/feature-set.ts'
import { insertDecisions } from '#db/queries/fraud-decisions.ts'
import type { FeatureSubject } from '#db/queries/fraud-features.ts'
import { recordScreened } from '#db/queries/screened-payments.ts'
import type { ScreeningResult } from '../../domain/fraud/screen-payment.ts'
import type { Outlook } from './look-back.server.ts'

export type Screened = { subject: FeatureSubject; outlook: Outlook; score: ScreeningResult }

/** What rules are given beside the features; a name that is missing was unknown. Nothing here says who the payer is. */
function factsOf({ subject }: Screened): Record<string, string | number | boolean> {
	const { worth_cents, card_country, payer_country } = subject
	return {
		...(worth_cents !== null && { worth_cents: worth_cents.toString() }),
		...(card_country !== null && { card_country }),
		...(payer_country !== null && { ip_country: payer_country }),
	}
}

/** Step: what each payment was decided on, and what later ones will look back on. The hours come last: busy merchants meet there. */
export async function keepDecisions(tx: Tx, screened: readonly Screened[]): Promise<void> {
	await insertDecisions(
		tx,
		screened.map((item) => ({
			merchant_id: item.subject.merchant_id,
			payment_id: item.subject.id,
			at: item.subject.at,
			feature_set: FEATURE_SET,
			vector: [...item.outlook.vector],
			facts: factsOf(item),
			model_id: item.outlook.opinion?.modelId ?? null,
			log_odds: item.outlook.opinion?.logOdds ?? null,
			...item.score,
		})),
	)
	await recordScreened(
		tx,
		screened.map(({ subject }) => ({ ...subject, payment_id: subject.id })),
	)
}
