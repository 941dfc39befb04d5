import type { Tx } from '#db/client.ts'
import { openAttention } from '#db/queries/attention.ts'
import {
	closeDifferences,
	closeMismatchAttention,
	keepHealed,
	listFindings,
	lockOpenDifferences,
	type Listing,
} from '#db/queries/reconciliation-differences.ts'
import type { DifferenceKind, Finding } from '../../domain/reconciliation/finding.ts'
import type { Tally } from './reconciling.server.ts'

export type Compared = {
	kinds: readonly DifferenceKind[]
	/** The gateway's names of everything that was compared. */
	refs: readonly string[]
	findings: readonly Finding[]
	/** What differed before it was put right, by the gateway's name. */
	healed: ReadonlyMap<string, Finding>
}

const keyOf = (item: { class: string; kind: string; ref: string | null; subjectId: string | null }): string =>
	`${item.class} ${item.kind} ${item.ref ?? ''} ${item.subjectId ?? ''}`

const CLOSED_BY = 'reconciliation'

/** Step: brings the list in line with what a comparison found: new differences, those that are still there, those that are gone. */
export async function recordFindings(tx: Tx, listing: Listing, compared: Compared): Promise<Tally> {
	const findings = new Map(compared.findings.map((finding) => [keyOf(finding), finding]))
	const fresh = await listFindings(tx, listing, [...findings.values()])
	await openAttention(
		tx,
		fresh.flatMap((row) => {
			const finding = findings.get(keyOf({ ...row, ref: row.provider_ref, subjectId: row.subject_id }))
			if (!finding) return []
			const { attentionSubject: subject_id, detail } = finding
			return [{ merchant_id: row.merchant_id, kind: 'gateway_mismatch', subject_id, detail }]
		}),
	)
	const open = await lockOpenDifferences(tx, listing.provider, compared.kinds, compared.refs)
	const over = open.filter(
		(row) => !findings.has(keyOf({ ...row, ref: row.provider_ref, subjectId: row.subject_id })),
	)
	const isHealed = (ref: string | null) => ref !== null && compared.healed.has(ref)
	for (const outcome of ['healed', 'gone'] as const) {
		const rows = over.filter((row) => isHealed(row.provider_ref) === (outcome === 'healed'))
		const closing = { outcome, closedBy: CLOSED_BY, note: null }
		await closeDifferences(tx, { ids: rows.map((row) => row.id), ...closing })
		await closeMismatchAttention(
			tx,
			rows.flatMap((row) => [row.subject_id ?? [], row.provider_ref ?? []].flat()),
			closing,
		)
	}
	const listed = new Set(over.map((row) => row.provider_ref))
	const neverListed = [...compared.healed].flatMap(([ref, finding]) => (listed.has(ref) ? [] : [finding]))
	await keepHealed(tx, listing, neverListed, CLOSED_BY)
	return { compared: compared.refs.length, healed: compared.healed.size, found: fresh.length }
}
