import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from './api-client.ts'

/** `ms` of every request that was answered as expected; the others are counted, never hidden. */
export type Sent = { ms: number[]; failures: number; firstFailure: string | null; seconds: number }

type Task = {
	send: () => Promise<Answer>
	seconds: number
	most: number
	signal: AbortSignal
	onAccepted?: (answer: Answer, startedAt: number) => void
}

const CREATED = 201

function tally({ send, onAccepted }: Task) {
	const sent: Sent = { ms: [], failures: 0, firstFailure: null, seconds: 0 }
	const failed = (why: string) => {
		sent.failures += 1
		sent.firstFailure ??= why.slice(0, 300)
	}
	/** `startedAt`: when it was due, so that waiting for a turn counts as well. */
	const one = async (startedAt: number) => {
		try {
			const answer = await send()
			if (answer.status !== CREATED) return failed(`${answer.status} ${answer.text}`)
			sent.ms.push(performance.now() - startedAt)
			onAccepted?.(answer, startedAt)
		} catch (error) {
			failed(String(error))
		}
	}
	return { sent, one }
}

/** Each connection sends its next request when the last is answered: the most the server takes. */
export async function closedLoop(task: Task & { connections: number }): Promise<Sent> {
	const { sent, one } = tally(task)
	const startedAt = performance.now()
	const deadline = startedAt + task.seconds * 1000
	let left = task.most
	const connection = async () => {
		while (performance.now() < deadline && left > 0 && !task.signal.aborted) {
			left -= 1
			await one(performance.now())
		}
	}
	await Promise.all(Array.from({ length: task.connections }, connection))
	task.signal.throwIfAborted()
	sent.seconds = (performance.now() - startedAt) / 1000
	return sent
}

/** Requests leave at a fixed rate, whether or not the last ones are answered: what callers see at that load. */
export async function openLoop(task: Task & { rate: number }): Promise<Sent> {
	const { sent, one } = tally(task)
	const under: Promise<void>[] = []
	const startedAt = performance.now()
	const count = Math.min(task.most, Math.floor(task.seconds * task.rate))
	for (let next = 0; next < count && !task.signal.aborted;) {
		const due = Math.min(count, Math.floor(((performance.now() - startedAt) / 1000) * task.rate))
		for (; next < due; next++) under.push(one(startedAt + ((next + 1) / task.rate) * 1000))
		await sleep(1)
	}
	await Promise.all(under)
	task.signal.throwIfAborted()
	sent.seconds = (performance.now() - startedAt) / 1000
	return sent
}
