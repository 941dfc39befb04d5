import { inTransaction } from '#db/client.ts'
import { readAccountLines } from '#db/queries/our-books.ts'
import { compareAccount, type AccountLines } from '../../domain/reconciliation/compare-account.ts'
import type { Finding } from '../../domain/reconciliation/finding.ts'
import { bookFee } from './book-fee.server.ts'
import { recordFindings } from './record-findings.server.ts'
import { NO_TALLY, type Reconciling, type ReconciliationDeps, type Tally } from './reconciling.server.ts'

/** Books the fees these lines show and our ledger lacks; returns what each would have been on the list. */
async function bookFees(
	deps: ReconciliationDeps,
	{ cause }: Reconciling,
	lines: readonly AccountLines[],
): Promise<Map<string, Finding>> {
	const booked = new Map<string, Finding>()
	for (const line of lines) {
		const judged = compareAccount(line)
		if (judged.kind !== 'fee' || !line.owner) continue
		const { feeMinor, currency } = judged
		const { merchantId, id: paymentId } = line.owner
		await bookFee(deps, { merchantId, paymentId, feeMinor, currency, cause })
		// Without the fee's own meaning the same lines are a plain difference of amounts.
		const plain = compareAccount({ ...line, bookedFeeMinor: feeMinor })
		if (plain.kind === 'differs') booked.set(line.sourceRef, plain.finding)
	}
	return booked
}

/** Compares lines of the gateway's account with our ledger, for these sources. The objects behind them are read before. */
export async function reconcileAccount(
	deps: ReconciliationDeps,
	work: Reconciling,
	sources: readonly string[],
): Promise<Tally> {
	if (sources.length === 0) return NO_TALLY
	const { provider } = work.listing
	const refs = [...new Set(sources)]
	const booked = await bookFees(deps, work, await readAccountLines(deps.db, provider, refs))
	return inTransaction(deps.db, async (tx) => {
		const findings = (await readAccountLines(tx, provider, refs)).flatMap((line) => {
			const judged = compareAccount(line)
			return judged.kind === 'differs' ? [judged.finding] : []
		})
		const still = new Set(findings.map(({ ref }) => ref))
		return recordFindings(tx, work.listing, {
			kinds: ['movement'],
			refs,
			findings,
			healed: new Map([...booked].filter(([ref]) => !still.has(ref))),
		})
	})
}
