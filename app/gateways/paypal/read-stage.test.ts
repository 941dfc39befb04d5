import { describe, expect, test } from 'vitest'
import { readStage } from './read-stage.server.ts'

const STAGES = [
	['INQUIRY', 'inquiry'],
	['CHARGEBACK', 'dispute'],
	['PRE_ARBITRATION', 'pre_arbitration'],
	['ARBITRATION', 'pre_arbitration'],
] as const

describe.each(STAGES)('%s', (stage, ours) => {
	const read = (status: string, outcome: string | null = null) => readStage({ stage, status, outcome })

	test.each([
		['OPEN', 'needs_response'],
		['WAITING_FOR_SELLER_RESPONSE', 'needs_response'],
		['WAITING_FOR_BUYER_RESPONSE', 'under_review'],
		['UNDER_REVIEW', 'under_review'],
	])('%s is %s', (status, expected) => {
		expect(read(status)).toEqual({ stage: ours, status: expected })
	})

	test.each(['RESOLVED_BUYER_FAVOUR', 'ACCEPTED'])('%s is lost', (outcome) => {
		expect(read('RESOLVED', outcome)).toEqual({ stage: ours, status: 'lost' })
	})

	test.each(['RESOLVED_SELLER_FAVOUR', 'RESOLVED_WITH_PAYOUT', 'CANCELED_BY_BUYER', 'DENIED'])(
		'%s costs the merchant nothing',
		(outcome) => {
			const status = ours === 'inquiry' ? 'closed' : 'won'
			expect(read('RESOLVED', outcome)).toEqual({ stage: ours, status })
		},
	)

	test('NONE is closed without a verdict', () => {
		expect(read('RESOLVED', 'NONE')).toEqual({ stage: ours, status: 'closed' })
	})
})

test('a word we do not know is not guessed at', () => {
	const words = { stage: 'CHARGEBACK', status: 'OPEN', outcome: null }
	expect(readStage({ ...words, stage: 'SOMETHING' })).toBeNull()
	expect(readStage({ ...words, status: 'OTHER' })).toBeNull()
	expect(readStage({ ...words, status: 'RESOLVED' })).toBeNull()
	expect(readStage({ ...words, status: 'RESOLVED', outcome: 'MAYBE' })).toBeNull()
})
