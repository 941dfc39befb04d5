import { expect, test } from 'vitest'
import { firstIdAt, newId } from './new-id.ts'

test('the first id of a moment divides the ids made before it from those made after', () => {
	const id = newId('txn')
	const now = Date.now()
	expect(firstIdAt('txn', new Date(now - 60_000)) < id).toBe(true)
	expect(firstIdAt('txn', new Date(now + 60_000)) > id).toBe(true)
	expect(firstIdAt('txn', new Date(0)) < id).toBe(true)
	expect(firstIdAt('txn', new Date(now))).toHaveLength(id.length)
})
