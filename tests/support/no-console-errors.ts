import { afterEach, beforeEach, expect, vi } from 'vitest'

/** A test that makes the code complain has found something, even when its own assertions pass. */
beforeEach(() => {
	vi.spyOn(console, 'error').mockImplementation(() => {})
})

afterEach(() => {
	const complaints = vi.isMockFunction(console.error) ? vi.mocked(console.error).mock.calls : []
	expect(complaints, 'console.error was called').toEqual([])
})
