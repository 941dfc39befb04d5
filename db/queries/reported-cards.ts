import { sql } from 'kysely'
import type { ReportedCode } from '../../app/domain/declines/reported-codes.ts'
import type { Tx } from '../client.ts'
import { toJson } from './payments.ts'

export type ReportedCard = {
	merchant_id: string
	card_fingerprint: string
	standard_code: ReportedCode
	attempt_id: string
}

/** The first report stays: a card does not become less stolen by another answer. */
export async function keepReportedCards(tx: Tx, cards: readonly ReportedCard[]): Promise<void> {
	if (cards.length === 0) return
	await sql`
		insert into reported_cards (merchant_id, card_fingerprint, standard_code, attempt_id)
		select merchant_id, card_fingerprint, standard_code, attempt_id
		from jsonb_populate_recordset(null::reported_cards, ${toJson(cards)}::jsonb)
		order by merchant_id, card_fingerprint
		on conflict (merchant_id, card_fingerprint) do nothing`.execute(tx)
}
