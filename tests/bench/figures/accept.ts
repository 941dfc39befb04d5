import { createApiClient } from '../load/api-client.ts'
import { closedLoop, openLoop, type Sent } from '../load/loops.ts'
import { percentilesOf } from '#tests/support/percentiles.ts'
import { CONNECTIONS, OPEN_LOOP_SOCKETS } from '../limits.ts'
import { spentBetween } from '../stage/cpu.ts'
import { drained } from './backlog.ts'
import type { BenchContext, Measured, Row } from './figure.ts'

export type AcceptRates = { unconfirmed: number; confirmed: number }

const perSecond = ({ ms, seconds }: Sent): number => ms.length / seconds

function latencyRows(figure: string, sent: Sent, goals: { p99?: string } = {}): Row[] {
	const { p50, p95, p99 } = percentilesOf(sent.ms)
	return [
		{ figure: `${figure}, p50`, value: p50, unit: 'ms' },
		{ figure: `${figure}, p95`, value: p95, unit: 'ms' },
		{ figure: `${figure}, p99`, value: p99, unit: 'ms', ...(goals.p99 && { goal: goals.p99 }) },
	]
}

export function failuresOf(what: string, { failures, firstFailure }: Sent): string[] {
	return failures > 0 ? [`${what}: ${failures} requests failed, the first with ${firstFailure}`] : []
}

/** How fast payments are taken: key, payment, event and job durable, then 201. */
export async function measureAccept(context: BenchContext): Promise<Measured & { rates: AcceptRates }> {
	const { stage, limits, signal, say } = context
	const rows: Row[] = []
	const notes: string[] = []
	const rates = { unconfirmed: 0, confirmed: 0 }
	for (const confirm of [false, true]) {
		const name = confirm ? 'accept, confirm true' : 'accept, confirm false'
		say(`${name}, ${CONNECTIONS} connections`)
		const task = { seconds: limits.loadSeconds, most: limits.mostPayments, signal }
		const full = createApiClient(stage.baseUrl, stage.secretKey, CONNECTIONS)
		const cpuBefore = stage.cpu.read()
		const most = await closedLoop({ ...task, connections: CONNECTIONS, send: () => full.pay(confirm) })
		const cpuAfter = stage.cpu.read()
		full.close()
		notes.push(...failuresOf(name, most))
		if ((await drained(context)) > 0) notes.push(`${name}: the backlog did not drain`)

		const rate = perSecond(most)
		rates[confirm ? 'confirmed' : 'unconfirmed'] = rate
		rows.push({ figure: name, value: rate, unit: '/s' }, ...latencyRows(name, most))
		if (!confirm && cpuBefore && cpuAfter) {
			const { app, postgres } = spentBetween(cpuBefore, cpuAfter)
			rows.push({ figure: 'CPU per accept, app', value: app / most.ms.length, unit: 'ms' })
			rows.push({ figure: 'CPU per accept, PostgreSQL', value: postgres / most.ms.length, unit: 'ms' })
		}

		const half = `${name}, at half of that`
		say(half)
		const open = createApiClient(stage.baseUrl, stage.secretKey, OPEN_LOOP_SOCKETS)
		const calm = await openLoop({ ...task, rate: rate / 2, send: () => open.pay(confirm) })
		open.close()
		notes.push(...failuresOf(half, calm))
		if ((await drained(context)) > 0) notes.push(`${half}: the backlog did not drain`)
		rows.push(...latencyRows(half, calm, { p99: '≤ 50 and ≤ 5 × p50' }))
	}
	return { rows, notes, rates }
}
