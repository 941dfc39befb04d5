import { expect, test } from 'vitest'
import { judgeRefresh } from './refresh-reuse.ts'

const now = new Date('2026-01-01T00:00:10Z')
const spentAt = (iso: string) => ({ spentAt: new Date(iso), hasSuccessor: true, isSuccessorSpent: false })

test.each([
	['never used', { spentAt: null, hasSuccessor: false, isSuccessorSpent: false }, 'spend'],
	['used this moment', spentAt('2026-01-01T00:00:10Z'), 'repeat'],
	['used ten seconds ago', spentAt('2026-01-01T00:00:00Z'), 'repeat'],
	['used longer ago', spentAt('2025-12-31T23:59:59.999Z'), 'reused'],
	['answered a second time already', { ...spentAt('2026-01-01T00:00:09Z'), hasSuccessor: false }, 'reused'],
	['followed by a used one', { ...spentAt('2026-01-01T00:00:09Z'), isSuccessorSpent: true }, 'reused'],
] as const)('a token that was %s', (_what, token, verdict) => {
	expect(judgeRefresh(token, now)).toBe(verdict)
})
