import { expect, test } from 'vitest'
import { createSameTries } from './same-tries.server.ts'

function counting(now?: () => number) {
	const tries = createSameTries(now)
	let counts = 0
	const count = () => {
		counts += 1
		return Promise.resolve()
	}
	return { once: (id: string) => tries.once(id, count), counted: () => counts, tries }
}

test('the same try is counted once, however often it is sent', async () => {
	const { once, counted } = counting()
	await Promise.all([once('a'), once('a'), once('b')])
	await once('a')
	expect(counted()).toBe(2)
})

test('a refused try is not remembered: sent again, it is judged again', async () => {
	const { once, counted, tries } = counting()
	const refuse = () => Promise.reject(new Error('too many'))
	await expect(tries.once('a', refuse)).rejects.toThrow('too many')
	await once('a')
	expect(counted()).toBe(1)
})

test('a try is forgotten after a minute, and the oldest when there are too many', async () => {
	let now = 0
	const { once, counted } = counting(() => now)
	await once('a')
	now = 60_000
	await once('a')
	expect(counted()).toBe(2)
	for (let other = 0; other <= 10_000; other += 1) await once(`other ${other}`)
	await once('a')
	expect(counted()).toBe(2 + 10_001 + 1)
})
