import { createApiClient } from '../load/api-client.ts'
import { closedLoop } from '../load/loops.ts'
import { CONNECTIONS } from '../limits.ts'
import { spentBetween } from '../stage/cpu.ts'
import { failuresOf } from './accept.ts'
import { countSettled, drained } from './backlog.ts'
import type { BenchContext, Measured, Row } from './figure.ts'

/** Payments offered as fast as they are accepted, until the last one is settled: accepted, screened, charged, booked. */
export async function measureWhole(context: BenchContext): Promise<Measured & { perSecond: number }> {
	const { stage, limits, signal, say } = context
	say('whole way, offered as fast as accepted, then drained')
	const client = createApiClient(stage.baseUrl, stage.secretKey, CONNECTIONS)
	const settledBefore = await countSettled(context)
	const cpuBefore = stage.cpu.read()
	const startedAt = performance.now()
	const sent = await closedLoop({
		connections: CONNECTIONS,
		seconds: limits.loadSeconds,
		most: limits.mostPayments,
		signal,
		send: () => client.pay(true),
	})
	const left = await drained(context)
	const seconds = (performance.now() - startedAt) / 1000
	const cpuAfter = stage.cpu.read()
	client.close()

	const settled = (await countSettled(context)) - settledBefore
	const notes = failuresOf('whole way', sent)
	if (left > 0) notes.push(`whole way: ${left} payments were still under way after ${limits.drainSeconds} s`)
	if (settled !== sent.ms.length) notes.push(`whole way: ${sent.ms.length} accepted, ${settled} settled`)
	const rows: Row[] = [
		{ figure: 'whole way, settled', value: settled / seconds, unit: '/s' },
		{ figure: 'whole way, drained after', value: seconds - sent.seconds, unit: 's' },
	]
	if (cpuBefore && cpuAfter && settled > 0) {
		const spent = spentBetween(cpuBefore, cpuAfter)
		const each = (name: string, ms: number, goal?: string): Row => ({
			figure: `CPU per payment, ${name}`,
			value: ms / settled,
			unit: 'ms',
			...(goal && { goal }),
		})
		rows.push(
			each('app + PostgreSQL', spent.app + spent.postgres, '≤ 1.2'),
			each('app', spent.app),
			each('PostgreSQL', spent.postgres),
			each('sandbox (not ours)', spent.sandbox),
			each('load generator (not ours)', spent.load),
		)
	} else {
		notes.push('CPU per payment: not measured here, it needs /proc')
	}
	return { rows, notes, perSecond: settled / seconds }
}
