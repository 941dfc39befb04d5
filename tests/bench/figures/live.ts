import { setTimeout as sleep } from 'node:timers/promises'
import { createApiClient, paymentIdIn, type Answer } from '../load/api-client.ts'
import { readEvents, type EventReader } from '../load/event-reader.ts'
import { openLoop } from '../load/loops.ts'
import { percentilesOf } from '#tests/support/percentiles.ts'
import { OPEN_LOOP_SOCKETS } from '../limits.ts'
import { failuresOf } from './accept.ts'
import { drained } from './backlog.ts'
import type { BenchContext, Measured, Row } from './figure.ts'

const PAUSE_MS = 40
const LAST_EVENT_MS = 2_000

/** From the request to the terminal event on the stream, of every payment that was sent. */
function waits(sentAt: ReadonlyMap<string, number>, reader: EventReader): { ms: number[]; missing: number } {
	const ms = [...sentAt].flatMap(([id, at]) => {
		const ended = reader.ended.get(id)
		return ended === undefined ? [] : [ended - at]
	})
	return { ms, missing: sentAt.size - ms.length }
}

function rowsOf(figure: string, ms: readonly number[], goals: { p50?: string; p95?: string }): Row[] {
	const { p50, p95 } = percentilesOf(ms)
	return [
		{ figure: `${figure}, p50`, value: p50, unit: 'ms', ...(goals.p50 && { goal: goals.p50 }) },
		{ figure: `${figure}, p95`, value: p95, unit: 'ms', ...(goals.p95 && { goal: goals.p95 }) },
	]
}

export async function measureLive(context: BenchContext, wholePerSecond: number): Promise<Measured> {
	const { stage, limits, signal, say } = context
	const reader = await readEvents(stage.baseUrl, stage.secretKey)
	const client = createApiClient(stage.baseUrl, stage.secretKey, OPEN_LOOP_SOCKETS)
	const notes: string[] = []
	const rows: Row[] = []
	const collect = () => {
		const sentAt = new Map<string, number>()
		const onAccepted = ({ text }: Answer, startedAt: number) => {
			const id = paymentIdIn(text)
			if (id) sentAt.set(id, startedAt)
		}
		return { sentAt, onAccepted }
	}
	const report = (
		name: string,
		sentAt: ReadonlyMap<string, number>,
		goals: { p50?: string; p95?: string },
	) => {
		const { ms, missing } = waits(sentAt, reader)
		rows.push(...rowsOf(name, ms, goals))
		if (missing > 0) notes.push(`${name}: ${missing} payments had no terminal event on the stream`)
	}
	try {
		say('POST → terminal event, one payment at a time')
		const idle = collect()
		for (let sent = 0; sent < limits.idlePayments; sent++) {
			const startedAt = performance.now()
			idle.onAccepted(await client.pay(true), startedAt)
			await drained(context)
			await sleep(PAUSE_MS, undefined, { signal })
		}
		await sleep(LAST_EVENT_MS)
		report('POST → terminal event, idle', idle.sentAt, { p50: '< 30' })

		say('POST → terminal event, at half of the settled rate')
		const half = collect()
		const sent = await openLoop({
			rate: Math.max(1, wholePerSecond / 2),
			seconds: limits.loadSeconds,
			most: limits.mostPayments,
			signal,
			send: () => client.pay(true),
			onAccepted: half.onAccepted,
		})
		notes.push(...failuresOf('POST → terminal event', sent))
		await drained(context)
		await sleep(LAST_EVENT_MS)
		report('POST → terminal event, half load', half.sentAt, { p95: '< 300, aim 100' })
		rows.push({ figure: 'half load, offered', value: half.sentAt.size / sent.seconds, unit: '/s' })
		if (reader.reconnects() > 0) notes.push(`the stream was resumed ${reader.reconnects()} times`)
	} finally {
		reader.close()
		client.close()
	}
	return { rows, notes }
}
