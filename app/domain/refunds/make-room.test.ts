import { expect, test } from 'vitest'
import { makeRoom } from './make-room.ts'
import type { PendingReason, RefundStatus } from './refund-state.ts'

const open = (
	amount_minor: bigint,
	pending_reason: PendingReason | null,
	provider_ref: string | null = null,
) => ({ status: 'pending' as RefundStatus, amount_minor, pending_reason, provider_ref })
const payment = (refund_reserved_minor: bigint) => ({ captured_minor: 1_000n, refund_reserved_minor })

test('what is left is used before anything is dropped', () => {
	const waiting = open(300n, 'awaiting_approval')
	expect(makeRoom(payment(300n), [waiting], 700n)).toEqual({ kind: 'fits', dropped: [] })
})

test('refunds nobody has approved give way, the newest first and no more than needed', () => {
	const older = open(400n, 'awaiting_approval')
	const newer = open(300n, 'awaiting_approval')
	expect(makeRoom(payment(700n), [older, newer], 500n)).toEqual({ kind: 'fits', dropped: [newer] })
	expect(makeRoom(payment(700n), [older, newer], 1_000n)).toEqual({ kind: 'fits', dropped: [newer, older] })
})

test('refunds the gateway has not answered are asked about first', () => {
	const sent = open(600n, null)
	const waiting = open(100n, 'awaiting_approval')
	expect(makeRoom(payment(700n), [sent, waiting], 1_000n)).toEqual({ kind: 'wait', asked: [sent] })
})

test('refunds the gateway has do not give way', () => {
	const there = open(600n, 'processing', 're_1')
	expect(makeRoom(payment(600n), [there], 500n)).toEqual({ kind: 'none' })
})
