import { describe, expect, it } from 'vitest'
import type { Payment } from '#app/contracts/payments.ts'
import { mergeLatest, updateInPlace } from './merge-payments.ts'

const payment = (id: string, created: number, updated_ms: number, status = 'processing') =>
	({ id, created, updated_ms, status }) as Payment

const live = (...payments: Payment[]) => new Map(payments.map((one) => [one.id as string, one]))

describe('live payments', () => {
	it('keeps the later version whichever way it came', () => {
		const read = [payment('a', 1, 20, 'succeeded')]
		expect(updateInPlace(read, live(payment('a', 1, 10)))[0]?.status).toBe('succeeded')
		expect(updateInPlace(read, live(payment('a', 1, 30, 'failed')))[0]?.status).toBe('failed')
	})

	it('puts new payments first and drops the oldest', () => {
		const read = [payment('b', 2, 2), payment('a', 1, 1)]
		expect(mergeLatest(read, live(payment('c', 3, 3)), 2).map(({ id }) => id)).toEqual(['c', 'b'])
	})

	it('shows a payment once when it was read and came live', () => {
		expect(mergeLatest([payment('a', 1, 1)], live(payment('a', 1, 2)), 5)).toHaveLength(1)
	})

	it('leaves out what the list does not show', () => {
		const merged = mergeLatest([], live(payment('a', 1, 1, 'failed')), 5, ({ status }) => status !== 'failed')
		expect(merged).toEqual([])
	})
})
