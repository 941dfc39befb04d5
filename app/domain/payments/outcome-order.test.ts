import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeOutcome, type JudgedPayment } from './judge-outcome.ts'
import { advance, isTerminal, PAYMENT_STATES, PAYMENT_TRIGGERS } from './payment-state.ts'
import type { GatewayOutcome } from './ports.ts'

const money = { ref: 'pi_1', chargeRef: 'ch_1', amountMinor: 700n, currency: 'usd' }
const CAPTURED: GatewayOutcome = { kind: 'captured', ...money, feeMinor: null }
const AUTHORIZED: GatewayOutcome = { kind: 'authorized', ...money }
const ACTION: GatewayOutcome = { kind: 'action_needed', ref: 'pi_1', url: null }
const DECLINED: GatewayOutcome = { kind: 'declined', ref: 'pi_1', code: 'x', declineCode: null, message: 'x' }
const CANCELED: GatewayOutcome = { kind: 'canceled', ref: 'pi_1' }
const PROCESSING: GatewayOutcome = { kind: 'processing', ref: 'pi_1' }
const UNKNOWN: GatewayOutcome = { kind: 'unknown', ref: null, reason: 'reset' }
const WRONG: GatewayOutcome = { ...CAPTURED, amountMinor: 701n }

const EVERY = [CAPTURED, AUTHORIZED, ACTION, DECLINED, CANCELED, PROCESSING, UNKNOWN, WRONG]

const payments: fc.Arbitrary<JudgedPayment> = fc.record({
	status: fc.constantFrom(...PAYMENT_STATES),
	amountMinor: fc.constant(700n),
	currency: fc.constant('usd'),
	requestedMinor: fc.constant(null),
	requestedOperation: fc.constantFrom(null, 'capture' as const, 'cancel' as const, 'reject' as const),
	riskDecision: fc.constantFrom(null, 'allow' as const, 'review' as const),
	payerPresent: fc.boolean(),
})

/** Applies outcomes one after the other, as the settling command does under the payment's lock. */
function live(payment: JudgedPayment, outcomes: readonly GatewayOutcome[]) {
	const states = [payment.status]
	let captures = 0
	for (const outcome of outcomes) {
		const judged = judgeOutcome({ ...payment, status: states.at(-1) ?? payment.status }, outcome)
		states.push(...judged.moves)
		if (judged.capturedMinor !== null) captures += 1
	}
	return { states, captures, end: states.at(-1) }
}

const anyOutcomes = fc.array(fc.constantFrom(...EVERY), { maxLength: 12 })

test('no sequence of outcomes leaves a terminal state', () => {
	fc.assert(
		fc.property(payments, anyOutcomes, (payment, outcomes) => {
			const { states } = live(payment, outcomes)
			const firstEnd = states.findIndex(isTerminal)
			if (firstEnd >= 0) expect(states).toHaveLength(firstEnd + 1)
		}),
	)
})

test('every step a sequence takes is a legal move', () => {
	fc.assert(
		fc.property(payments, anyOutcomes, (payment, outcomes) => {
			const { states } = live(payment, outcomes)
			states.slice(1).forEach((to, index) => {
				const from = states[index] ?? payment.status
				const legal = PAYMENT_TRIGGERS.some((trigger) => {
					const move = advance(from, trigger)
					return move.ok && move.state === to
				})
				expect(legal, `${from} -> ${to}`).toBe(true)
			})
		}),
	)
})

test('money is captured once, and exactly when the payment becomes succeeded', () => {
	fc.assert(
		fc.property(payments, anyOutcomes, (payment, outcomes) => {
			const { captures, end } = live(payment, outcomes)
			const became = end === 'succeeded' && payment.status !== 'succeeded'
			expect(captures).toBe(became ? 1 : 0)
		}),
	)
})

/** What a charge goes through at the gateway, and where the payment must end whoever tells it in whatever order. */
const LIVES: [string, GatewayOutcome[], Partial<JudgedPayment>, string][] = [
	['captured at once', [PROCESSING, CAPTURED], {}, 'succeeded'],
	['captured after a challenge', [ACTION, PROCESSING, CAPTURED], {}, 'succeeded'],
	['captured after a hold', [AUTHORIZED, CAPTURED], {}, 'succeeded'],
	['captured after challenge and hold', [ACTION, AUTHORIZED, CAPTURED], {}, 'succeeded'],
	['captured after a review', [AUTHORIZED, CAPTURED], { riskDecision: 'review' }, 'succeeded'],
	['held', [PROCESSING, AUTHORIZED], {}, 'requires_capture'],
	['held for review after a challenge', [ACTION, AUTHORIZED], { riskDecision: 'review' }, 'in_review'],
	['declined after a challenge', [ACTION, DECLINED], {}, 'requires_payment_method'],
	['declined with nobody there', [PROCESSING, DECLINED], { payerPresent: false }, 'failed'],
]

test.each(LIVES)('a charge that is %s ends the same in any order', (_name, told, changes, end) => {
	const payment: JudgedPayment = {
		status: 'processing',
		amountMinor: 700n,
		currency: 'usd',
		requestedMinor: null,
		requestedOperation: null,
		riskDecision: 'allow',
		payerPresent: true,
		...changes,
	}
	const repeats = fc.array(fc.constantFrom(...told, UNKNOWN), { maxLength: 6 })
	const inAnyOrder = repeats.chain((more) => {
		const all = [...told, ...more]
		return fc.shuffledSubarray(all, { minLength: all.length })
	})
	fc.assert(
		fc.property(inAnyOrder, (outcomes) => {
			expect(live(payment, outcomes).end).toBe(end)
		}),
	)
})
