import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

const ASK_AGAIN_MS = 250

/** Resolves when the database answers; throws what it says once `patienceMs` are over, or at once when waiting cannot help. */
export async function awaitDatabase(
	pool: pg.Pool,
	patienceMs: number,
	mayPass: (error: unknown) => boolean,
): Promise<void> {
	const until = performance.now() + patienceMs
	for (;;) {
		try {
			await pool.query('select 1')
			return
		} catch (error) {
			if (!mayPass(error) || performance.now() > until) throw error
			await sleep(ASK_AGAIN_MS)
		}
	}
}
