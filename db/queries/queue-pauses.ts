import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type QueuePause = { queue: string; paused_by: string; reason: string; paused_at: Date }

export async function readPauses(db: Executor): Promise<QueuePause[]> {
	const { rows } = await sql<QueuePause>`
		select queue, paused_by, reason, paused_at from queue_pauses`.execute(db)
	return rows
}

/** False when the queue is stopped already. */
export async function insertPause(
	tx: Tx,
	{ queue, by, reason }: { queue: string; by: string; reason: string },
): Promise<boolean> {
	const { numAffectedRows } = await sql`
		insert into queue_pauses (queue, paused_by, reason) values (${queue}, ${by}, ${reason})
		on conflict do nothing`.execute(tx)
	return numAffectedRows === 1n
}

/** The pause that ended; undefined when the queue was not stopped. */
export async function deletePause(tx: Tx, queue: string): Promise<QueuePause | undefined> {
	const { rows } = await sql<QueuePause>`
		delete from queue_pauses where queue = ${queue}
		returning queue, paused_by, reason, paused_at`.execute(tx)
	return rows[0]
}
