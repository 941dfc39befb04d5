import { newId } from '../../app/domain/ids/new-id.ts'
import type { Tx } from '../client.ts'

export type NewAttention = { merchant_id: string; kind: string; subject_id: string; detail: string }

/** One open item per kind and subject; saying it again changes nothing. */
export async function openAttention(tx: Tx, items: readonly NewAttention[]): Promise<void> {
	if (items.length === 0) return
	await tx
		.insertInto('attention_items')
		.values(items.map((item) => ({ id: newId('atn'), ...item })))
		.onConflict((conflict) => conflict.doNothing())
		.execute()
}
