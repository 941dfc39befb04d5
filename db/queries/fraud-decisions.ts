import { sql } from 'kysely'
import type { ScreeningReason } from '../../app/domain/fraud/screen-payment.ts'
import type { Executor, Tx } from '../client.ts'
import { toJson } from './payments.ts'

export type NewFraudDecision = {
	merchant_id: string
	payment_id: string
	at: Date
	feature_set: number
	vector: readonly number[]
	facts: Readonly<Record<string, string | number | boolean>>
	model_id: string | null
	log_odds: number | null
	score: number
	decision: 'allow' | 'review' | 'block'
	reasons: readonly ScreeningReason[]
}

export async function insertDecisions(tx: Tx, decisions: readonly NewFraudDecision[]): Promise<void> {
	if (decisions.length === 0) return
	await sql`
		insert into fraud_decisions (merchant_id, payment_id, at, feature_set, vector, facts, model_id, log_odds, score,
			decision, reasons)
		select merchant_id, payment_id, at, feature_set, vector, facts, model_id, log_odds, score, decision, reasons
		from jsonb_populate_recordset(null::fraud_decisions, ${toJson(decisions)}::jsonb)`.execute(tx)
}

export type Example = { vector: number[]; is_fraud: boolean; payer: string | null; at: Date }

export type ExampleWindow = { livemode: boolean; from: Date; to: Date; knownBy: Date; featureSet: number }

/**
 * Vectors as they were stored, with what is known of their payments by `knownBy`, in a fixed order; of several tries of
 * one payment the last, and none of the other world. A blocked payment has no outcome unless somebody said one: silence
 * about it is not "genuine".
 */
export async function readExamples(
	db: Executor,
	{ livemode, from, to, knownBy, featureSet }: ExampleWindow,
): Promise<Example[]> {
	const { rows } = await sql<Example>`
		select d.vector, d.at, p.payer, coalesce(p.fraud_known_at <= ${knownBy}, false) as is_fraud
		from fraud_decisions d join screened_payments p using (payment_id)
		where d.merchant_id not in (select m.id from merchants m where m.livemode <> ${livemode})
			and d.at > ${from} and d.at <= ${to} and d.feature_set = ${featureSet}
			and not exists (select from fraud_decisions n where n.payment_id = d.payment_id and n.id > d.id)
			and (d.decision <> 'block' or exists (select from fraud_labels l
				where l.payment_id = d.payment_id and l.known_at <= ${knownBy}))
		order by d.at, d.payment_id`.execute(db)
	return rows
}
