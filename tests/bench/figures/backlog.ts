import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchContext } from './figure.ts'

const LOOK_MS = 50

async function count({ stage }: BenchContext, statuses: readonly string[]): Promise<number> {
	const { rows } = await stage.pool.query<{ count: number }>(
		'select count(*)::int as count from payments where merchant_id = $1 and status = any($2)',
		[stage.merchantId, statuses],
	)
	return rows[0]?.count ?? 0
}

export const countSettled = (context: BenchContext) => count(context, ['succeeded'])

/** Resolves with the payments still under way: 0, unless the backlog does not drain in time. */
export async function drained(context: BenchContext): Promise<number> {
	const deadline = performance.now() + context.limits.drainSeconds * 1000
	for (;;) {
		const left = await count(context, ['screening', 'processing'])
		if (left === 0 || performance.now() > deadline) return left
		context.signal.throwIfAborted()
		await sleep(LOOK_MS)
	}
}
