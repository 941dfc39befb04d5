import { expect, test } from 'vitest'
import { inTurn } from './in-turn.server.ts'

/** Work that ends when it is told to. */
function held() {
	let end = () => {}
	const ended = new Promise<void>((resolve) => (end = resolve))
	return { work: () => ended, end }
}

test('four run at once, 64 wait, and the next is refused', async () => {
	const jobs = Array.from({ length: 68 }, held)
	let running = 0
	let most = 0
	const done = jobs.map(({ work }) =>
		inTurn(async () => {
			running += 1
			most = Math.max(most, running)
			await work()
			running -= 1
		}),
	)
	await expect(inTurn(() => Promise.resolve())).rejects.toMatchObject({ kind: 'unavailable', code: 'busy' })
	for (const { end } of jobs) end()
	await Promise.all(done)
	expect(most).toBe(4)
	await expect(inTurn(() => Promise.resolve('free'))).resolves.toBe('free')
})

test('work that throws gives its place back', async () => {
	const failing = () => inTurn(() => Promise.reject(new Error('no')))
	for (let n = 0; n < 8; n++) await expect(failing()).rejects.toThrow('no')
	await expect(inTurn(() => Promise.resolve('free'))).resolves.toBe('free')
})
