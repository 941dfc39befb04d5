import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import {
	closeDifferences,
	closeMismatchAttention,
	lockDifference,
} from '#db/queries/reconciliation-differences.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'

type Input = { merchantId: string; differenceId: string; note: string; actor: Cause }

const SHORTEST = 3
const LONGEST = 1_000

export const differenceNotFound = (id: string): DomainError =>
	new DomainError('not_found', 'difference_not_found', `There is no difference ${id}.`, { param: 'id' })

function readNote(text: string): string {
	const note = text.trim()
	if (note.length < SHORTEST) {
		const message = 'Write down why this difference is settled; whoever audits the books will read it.'
		throw new DomainError('invalid', 'parameter_missing', message, { param: 'note' })
	}
	if (note.length > LONGEST) {
		const message = `A note has at most ${LONGEST} characters.`
		throw new DomainError('invalid', 'parameter_invalid', message, { param: 'note' })
	}
	return note
}

/** Takes a difference off the list by a person's word. The books are not changed by it; the note explains the gap. */
export async function settleDifference({ db }: { db: Kysely<DB> }, input: Input): Promise<void> {
	const { merchantId, differenceId, actor } = input
	const note = readNote(input.note)
	await inTransaction(db, async (tx) => {
		const row = await lockDifference(tx, { merchantId, id: differenceId })
		if (!row) throw differenceNotFound(differenceId)
		if (row.closed_at) {
			const message = `This difference is off the list already: ${row.outcome}.`
			throw new DomainError('conflict', 'difference_closed', message)
		}
		const closing = { outcome: 'resolved', closedBy: causeText(actor), note } as const
		await closeDifferences(tx, { ids: [row.id], ...closing })
		await closeMismatchAttention(
			tx,
			[row.subject_id, row.provider_ref].filter((subject) => subject !== null),
			closing,
		)
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: causeText(actor),
				action: 'reconciliation.difference_settled',
				subject_id: row.id,
				payload: {
					class: row.class,
					kind: row.kind,
					gateway_ref: row.provider_ref,
					payment: row.payment_id,
					gap_minor: row.gap_minor.toString(),
					currency: row.currency,
				},
				reason: note,
			},
		])
	})
}
