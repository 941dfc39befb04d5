import { expect, test } from 'vitest'
import { createBatchLane } from './batch-lane.server.ts'

/** A lane whose batches end when the test says so. */
function heldLane(options: { most: number; parallel?: number }) {
	const batches: number[][] = []
	const endings: (() => void)[] = []
	const lane = createBatchLane<number, string>(async (items) => {
		batches.push([...items])
		await new Promise<void>((end) => endings.push(end))
		return items.map((item) => `done ${item}`)
	}, options)
	const turn = () => new Promise((resolve) => setImmediate(resolve))
	return { lane, batches, turn, endNext: () => endings.shift()?.() }
}

test('a lone item starts at once and gets its own result', async () => {
	const lane = createBatchLane(async (items: readonly number[]) => items.map((item) => item * 2), {
		most: 10,
	})
	expect(await lane.push(21)).toBe(42)
})

test('what is pushed in one turn shares a batch, what comes meanwhile the next one', async () => {
	const { lane, batches, turn, endNext } = heldLane({ most: 10 })
	const first = [lane.push(1), lane.push(2)]
	await turn()
	const second = [lane.push(3), lane.push(4)]
	await turn()
	expect(batches).toEqual([[1, 2]])
	endNext()
	expect(await Promise.all(first)).toEqual(['done 1', 'done 2'])
	await turn()
	expect(batches).toEqual([
		[1, 2],
		[3, 4],
	])
	endNext()
	expect(await Promise.all(second)).toEqual(['done 3', 'done 4'])
})

test('a batch never holds more than the most, and keeps the order', async () => {
	const sizes: number[] = []
	const lane = createBatchLane(
		async (items: readonly number[]) => {
			sizes.push(items.length)
			return items
		},
		{ most: 4 },
	)
	const pushed = Array.from({ length: 10 }, (_, item) => lane.push(item))
	expect(await Promise.all(pushed)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
	expect(sizes).toEqual([4, 4, 2])
})

test('as many batches run side by side as are allowed', async () => {
	const { lane, batches, turn, endNext } = heldLane({ most: 1, parallel: 2 })
	const pushed = [1, 2, 3].map((item) => lane.push(item))
	await turn()
	expect(batches).toEqual([[1], [2]])
	endNext()
	await pushed[0]
	await turn()
	expect(batches).toEqual([[1], [2], [3]])
	endNext()
	endNext()
	expect(await Promise.all(pushed)).toEqual(['done 1', 'done 2', 'done 3'])
})

test('one bad item fails alone', async () => {
	const lane = createBatchLane(
		async (items: readonly number[]) => {
			if (items.includes(2)) throw new Error('two is bad')
			return items
		},
		{ most: 10 },
	)
	const settled = await Promise.allSettled([1, 2, 3].map((item) => lane.push(item)))
	expect(settled).toMatchObject([
		{ status: 'fulfilled', value: 1 },
		{ status: 'rejected', reason: { message: 'two is bad' } },
		{ status: 'fulfilled', value: 3 },
	])
	expect(await lane.push(4)).toBe(4)
})

test('an item that gets no result is told so', async () => {
	const lane = createBatchLane<number, number>(async () => [1], { most: 10 })
	const settled = await Promise.allSettled([lane.push(1), lane.push(2)])
	expect(settled).toMatchObject([
		{ value: 1 },
		{ reason: { message: 'the batch left an item without a result' } },
	])
})

test('idle waits for what is queued and what runs', async () => {
	const { lane, turn, endNext } = heldLane({ most: 1 })
	await lane.idle()
	const pushed = [lane.push(1), lane.push(2)]
	await turn()
	let idle = false
	const waiting = lane.idle().then(() => (idle = true))
	endNext()
	await pushed[0]
	await turn()
	expect(idle).toBe(false)
	endNext()
	await pushed[1]
	await waiting
	expect(idle).toBe(true)
})

test('an error that hits all is told to all at once, and nobody is made to wait for it again', async () => {
	let runs = 0
	const lane = createBatchLane<number, number>(
		async () => {
			runs += 1
			throw new Error('the database is away')
		},
		{ most: 10, hitsAll: (error) => String(error).includes('away') },
	)
	const results = await Promise.allSettled([lane.push(1), lane.push(2), lane.push(3)])
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
	expect(runs).toBe(1)
})
