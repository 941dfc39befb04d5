import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { closeItems, lockOpenAttention } from '#db/queries/attention.ts'
import {
	findAttention,
	readAttention,
	toAttentionItem,
	type AttentionRow,
} from '#db/queries/attention-view.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { lockPayment } from '#db/queries/payments.ts'
import { postponeRefundLook } from '#db/queries/refunds.ts'
import { postponeLook } from '#db/queries/waiting-payments.ts'
import type { DB } from '#db/schema.ts'
import type { AttentionItem } from '../../contracts/attention.ts'
import { settleChoice, type Settlement } from '../../domain/attention/attention-kinds.ts'
import { mayBeCardNumber } from '../../domain/attention/settling-note.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { endPayment } from '../payments/end-payment.server.ts'

export type AttentionDeps = { db: Kysely<DB>; committed: (queues: readonly string[]) => void }
export type SettleInput = {
	merchantId: string
	id: string
	outcome: Settlement
	note: string
	actor: Cause
}

/** A thing that is settled by hand and still open is looked at again after this. */
const LOOK_AGAIN_SECONDS = 86_400

export const attentionNotFound = (id: string): DomainError =>
	new DomainError('not_found', 'attention_item_not_found', `There is no attention item ${id}.`, {
		param: 'id',
	})

/**
 * Step: the open item under its lock, and its payment's before it. Throws 404 when it is not this merchant's, 409
 * when somebody else closed it first.
 */
export async function takeItem(
	tx: Tx,
	{ merchantId, id }: { merchantId: string; id: string },
): Promise<AttentionRow> {
	const found = await findAttention(tx, { merchantId, id })
	if (!found) throw attentionNotFound(id)
	if (found.payment_id) await lockPayment(tx, { merchantId, id: found.payment_id })
	if (!(await lockOpenAttention(tx, id))) {
		throw new DomainError('conflict', 'attention_item_closed', 'This has been settled already.')
	}
	const [locked = found] = await readAttention(tx, [id])
	return locked
}

/** Step: how the item is now. */
export async function closedItem(tx: Tx, id: string): Promise<AttentionItem> {
	const [row] = await readAttention(tx, [id])
	if (!row) throw attentionNotFound(id)
	return toAttentionItem(row)
}

/** The janitor only pushes these on; it ends the other waiting states when their time is over, so that stays theirs. */
export const isMoving = ({ payment_status: status }: AttentionRow): boolean =>
	status === 'screening' || status === 'processing'

function checkNote(note: string): void {
	if (note.trim() === '') {
		throw new DomainError('invalid', 'note_missing', 'Write what you found and what you did.', {
			param: 'note',
		})
	}
	if (mayBeCardNumber(note)) {
		const message = 'The note seems to hold a card number. It is kept for good, so leave the number out.'
		throw new DomainError('invalid', 'note_has_card_number', message, { param: 'note' })
	}
}

/** Step: a person ends an item, and says how. What stays open is looked at again a day later. */
export async function settleItem(
	tx: Tx,
	{ merchantId, id, outcome, note, actor }: SettleInput,
): Promise<AttentionItem> {
	checkNote(note)
	const item = await takeItem(tx, { merchantId, id })
	const choice = settleChoice(item.kind, outcome)
	if (!choice) {
		const message = `An item of kind ${item.kind} cannot be settled as ${outcome}.`
		throw new DomainError('invalid', 'outcome_invalid', message, { param: 'outcome' })
	}
	if (item.payment_id) {
		const ended =
			choice.endsPayment === true &&
			(await endPayment(tx, { merchantId, paymentId: item.payment_id, actor, reason: choice.label }))
		if (!ended && isMoving(item)) await postponeLook(tx, item.payment_id, LOOK_AGAIN_SECONDS)
	}
	if (item.refund_status !== null) await postponeRefundLook(tx, item.subject_id, LOOK_AGAIN_SECONDS)
	const by = causeText(actor)
	await closeItems(tx, [id], { by, outcome, note: note.trim() })
	await appendAudit(tx, [
		{
			merchant_id: merchantId,
			actor: by,
			action: 'attention.settled',
			subject_id: item.subject_id,
			payload: { attention_item: id, kind: item.kind, outcome },
			reason: note.trim(),
		},
	])
	return closedItem(tx, id)
}

export async function settleAttention(deps: AttentionDeps, input: SettleInput): Promise<AttentionItem> {
	const item = await inTransaction(deps.db, (tx) => settleItem(tx, input))
	deps.committed([])
	return item
}
