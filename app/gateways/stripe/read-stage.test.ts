import { expect, test } from 'vitest'
import { readStage } from './read-stage.server.ts'

test.each([
	['warning_needs_response', 'inquiry', 'needs_response'],
	['warning_under_review', 'inquiry', 'under_review'],
	['warning_closed', 'inquiry', 'closed'],
	['prevented', 'dispute', 'closed'],
	['needs_response', 'dispute', 'needs_response'],
	['under_review', 'dispute', 'under_review'],
	['appeal_needs_response', 'pre_arbitration', 'needs_response'],
	['appeal_under_review', 'pre_arbitration', 'under_review'],
	['won', 'dispute', 'won'],
	['lost', 'dispute', 'lost'],
])('%s is %s, %s', (status, stage, ours) => {
	expect(readStage(status)).toEqual({ stage, status: ours })
})

test('a word we do not know is not guessed at', () => {
	expect(readStage('on_hold')).toBeNull()
})
