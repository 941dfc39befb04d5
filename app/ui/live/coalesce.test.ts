import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { coalesce } from './coalesce.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('runs the first call at once and the rest at most every 500 ms', () => {
	const work = vi.fn()
	const { call } = coalesce(work, 500)
	call()
	expect(work).toHaveBeenCalledTimes(1)
	for (let i = 0; i < 100; i++) {
		call()
		vi.advanceTimersByTime(10)
	}
	expect(work).toHaveBeenCalledTimes(3)
	vi.advanceTimersByTime(2_000)
	expect(work).toHaveBeenCalledTimes(3)
})

it('makes up for a call in between, once', () => {
	const work = vi.fn()
	const { call } = coalesce(work, 500)
	call()
	call()
	call()
	vi.advanceTimersByTime(1_500)
	expect(work).toHaveBeenCalledTimes(2)
})

it('does nothing more after cancel', () => {
	const work = vi.fn()
	const { call, cancel } = coalesce(work, 500)
	call()
	call()
	cancel()
	vi.advanceTimersByTime(1_500)
	expect(work).toHaveBeenCalledTimes(1)
})
