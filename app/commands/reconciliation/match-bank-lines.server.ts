import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { lockOpenPayout, openLinesFor, openPayouts, tieLine } from '#db/queries/bank-lines.ts'
import { hasPosting, postJournals } from '#db/queries/ledger.ts'
import type { DB } from '#db/schema.ts'
import { payoutJournal } from '../../domain/ledger/journal.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { matchPayouts, type PayoutMatch } from '../../domain/reconciliation/match-payouts.ts'

/** More payouts than this without a bank line are matched on the next run. */
const MOST = 2_000

type Deps = { db: Kysely<DB> }
type Input = { provider: string; cause: Cause }

/** Books one payout as arrived: gateway_clearing to bank. The payout's lock keeps a second line from doing it again. */
async function bookArrival(
	{ db }: Deps,
	{ lineId, payoutId }: PayoutMatch,
	{ provider, cause }: Input,
): Promise<boolean> {
	return inTransaction(db, async (tx) => {
		const payout = await lockOpenPayout(tx, payoutId)
		if (!payout || (await hasPosting(tx, { sourceType: 'payout', sourceId: payoutId, kind: 'payout' })))
			return false
		if (!(await tieLine(tx, lineId, payoutId))) return false
		const { merchantId, currency, amountMinor } = payout
		const [posting] = await postJournals(tx, [
			payoutJournal({ merchantId, gateway: provider, sourceId: payoutId, currency, amountMinor }),
		])
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: causeText(cause),
				action: 'payout.arrived',
				subject_id: payoutId,
				payload: {
					ledger_tx: posting ?? null,
					amount_minor: amountMinor.toString(),
					currency,
					bank_line: lineId,
				},
			},
		])
		return true
	})
}

/** Finds the payouts that uploaded bank statements show, and books them. Returns how many. Safe to run twice. */
export async function matchBankLines(deps: Deps, input: Input): Promise<number> {
	const payouts = await openPayouts(deps.db, input.provider, MOST)
	const matches = matchPayouts(await openLinesFor(deps.db, payouts), payouts)
	let booked = 0
	for (const match of matches) {
		if (await bookArrival(deps, match, input)) booked++
	}
	return booked
}
