import { describe, expect, it } from 'vitest'
import type { CheckoutView } from '../../contracts/checkout.ts'
import type { Payment } from '../../contracts/payments.ts'
import { mintAttempt } from './checkout-attempt.ts'
import { checkoutReducer, startCheckout, type CheckoutAction, type CheckoutState } from './checkout-state.ts'

const session: CheckoutView['session'] = {
	id: 'cs_01jc0000000000000000000000',
	status: 'open',
	amount: 4200,
	currency: 'usd',
	items: [],
	expiresAt: 0,
	merchantName: 'Shop',
}

const payment = (status: Payment['status'], updated_ms: number, more: Partial<Payment> = {}): Payment => ({
	id: 'pay_01jc0000000000000000000000',
	object: 'payment',
	status,
	amount: 4200,
	currency: 'usd',
	amount_captured: 0,
	amount_refunded: 0,
	amount_refundable: 0,
	capture_method: 'automatic',
	description: null,
	receipt_email: null,
	metadata: {},
	payment_method: null,
	last_payment_error: null,
	next_action: null,
	risk: null,
	reference: 'TH-1',
	checkout_session: session.id,
	livemode: false,
	created: 1,
	updated_ms,
	...more,
})

const seen = (status: Payment['status'], at: number): CheckoutAction => ({
	type: 'payment_seen',
	payment: payment(status, at),
})
const attempt = mintAttempt({ method: 'card', confirmation_token: 'ctoken_1' })
const start = (more: Partial<Pick<CheckoutView, 'session' | 'payment'>> = {}) =>
	startCheckout({ session, payment: null, ...more })
const run = (state: CheckoutState, ...actions: CheckoutAction[]) => actions.reduce(checkoutReducer, state)
const sent = () => run(start(), { type: 'pay' }, { type: 'token_ready', attempt })

describe('the way of a payment', () => {
	it('goes from the form to paid', () => {
		let state = run(start(), { type: 'pay' })
		expect(state.phase).toBe('tokenizing')
		state = run(state, { type: 'token_ready', attempt })
		expect(state).toMatchObject({ phase: 'confirming', attempt, startedHere: true })
		state = run(state, { type: 'answered', payment: payment('screening', 1) })
		expect(state).toMatchObject({ phase: 'following', attempt: null })
		expect(run(state, seen('processing', 2)).phase).toBe('following')
		expect(run(state, seen('succeeded', 3)).phase).toBe('paid')
	})

	it('takes a second press as no press', () => {
		const once = run(start(), { type: 'pay' })
		expect(run(once, { type: 'pay' })).toEqual(once)
		expect(run(sent(), { type: 'pay' })).toEqual(sent())
	})

	it('opens the form again after a decline, and a new try leaves it', () => {
		const declined = run(
			sent(),
			{ type: 'answered', payment: payment('screening', 1) },
			seen('requires_payment_method', 2),
		)
		expect(declined).toMatchObject({ phase: 'editing', startedHere: false })
		const again = run(declined, { type: 'pay' }, { type: 'token_ready', attempt })
		expect(again.phase).toBe('confirming')
		expect(run(again, seen('requires_payment_method', 2)).phase).toBe('confirming')
	})

	it('says what went wrong with the card form and stays editable', () => {
		const state = run(
			start(),
			{ type: 'pay' },
			{ type: 'token_failed', message: 'Card number is incomplete.' },
		)
		expect(state).toMatchObject({ phase: 'editing', problem: { message: 'Card number is incomplete.' } })
		expect(run(state, { type: 'pay' }).problem).toBeNull()
	})

	it.each(['in_review', 'requires_capture'] as const)('holds while %s', (status) => {
		expect(run(sent(), seen(status, 1)).phase).toBe('held')
	})

	it.each(['failed', 'canceled'] as const)('ends without money when %s', (status) => {
		expect(run(sent(), seen(status, 1)).phase).toBe('over')
	})
})

describe('a try without an answer', () => {
	it('keeps its key through silence and closes the form', () => {
		const state = run(sent(), { type: 'unanswered' }, { type: 'pay' })
		expect(state).toMatchObject({ phase: 'confirming', attempt, unanswered: true })
	})

	it('comes back after a reload', () => {
		const state = run(start(), { type: 'recalled', memory: { attempt, startedHere: true } })
		expect(state).toMatchObject({ phase: 'confirming', attempt, startedHere: true })
	})

	it('does not open the form under it when the stream is faster than the answer', () => {
		const state = run(sent(), seen('requires_payment_method', 5))
		expect(state).toMatchObject({ phase: 'confirming', attempt })
		expect(run(state, { type: 'answered', payment: payment('screening', 4) })).toMatchObject({
			phase: 'editing',
			payment: { updated_ms: 5 },
		})
	})

	it('ends with a refusal the shopper can read', () => {
		const problem = { message: 'That e-mail address is not valid.', field: 'email' as const }
		expect(run(sent(), { type: 'refused', problem })).toMatchObject({
			phase: 'editing',
			attempt: null,
			startedHere: false,
			problem,
		})
	})
})

describe('events', () => {
	it('keeps the newer version of the payment', () => {
		const state = run(start(), seen('succeeded', 9), seen('processing', 8), seen('screening', 9))
		expect(state).toMatchObject({ phase: 'paid', payment: { updated_ms: 9 } })
	})

	it('goes over to a later payment of the same session, never back', () => {
		const later = payment('processing', 2, { id: 'pay_01jc0000000000000000000001', created: 5 })
		const state = run(start({ payment: payment('failed', 9) }), { type: 'payment_seen', payment: later })
		expect(state.phase).toBe('following')
		expect(run(state, seen('failed', 10)).phase).toBe('following')
	})
})

describe('two tabs', () => {
	it('shows the state of the first, without asking the bank itself', () => {
		const state = run(start(), seen('processing', 1), seen('requires_action', 2))
		expect(state).toMatchObject({ phase: 'authenticating', startedHere: false, challenge: { step: 'idle' } })
	})

	it('drops a token that was made while the other tab paid', () => {
		const state = run(start(), { type: 'pay' }, seen('processing', 1), { type: 'token_ready', attempt })
		expect(state).toMatchObject({ phase: 'following', attempt: null, startedHere: false })
	})
})

describe("the bank's question", () => {
	const asked = () =>
		run(sent(), { type: 'answered', payment: payment('processing', 1) }, seen('requires_action', 2))

	it('opens by itself in the tab that pays', () => {
		expect(asked()).toMatchObject({ phase: 'authenticating', challenge: { step: 'opening' } })
		expect(run(asked(), { type: 'challenge_ready', url: 'http://x' }).challenge).toEqual({
			step: 'shown',
			url: 'http://x',
		})
	})

	it('waits for a press after a reload', () => {
		const reloaded = run(start({ payment: payment('requires_action', 2) }), {
			type: 'recalled',
			memory: { attempt: null, startedHere: true },
		})
		expect(reloaded.challenge.step).toBe('idle')
		expect(run(reloaded, { type: 'challenge_asked' }).challenge.step).toBe('opening')
	})

	it('leaves the payment waiting when it is closed', () => {
		const closed = run(asked(), { type: 'challenge_ready', url: 'http://x' }, { type: 'challenge_left' })
		expect(closed).toMatchObject({ phase: 'authenticating', challenge: { step: 'idle' } })
	})

	it('is gone once the payment moved on', () => {
		const state = run(asked(), { type: 'challenge_answered' }, seen('processing', 3))
		expect(state).toMatchObject({ phase: 'following', challenge: { step: 'idle' } })
		expect(run(state, { type: 'challenge_left', message: 'late' }).challenge.step).toBe('idle')
	})
})

const by = (type: NonNullable<Payment['payment_method']>['type']): Partial<Payment> => ({
	payment_method: { type, brand: null, last4: null, exp_month: null, exp_year: null, country: null },
})

describe('a yes said elsewhere', () => {
	const leaving = () =>
		run(
			sent(),
			{ type: 'answered', payment: payment('processing', 1, by('paypal')) },
			{ type: 'payment_seen', payment: payment('requires_action', 2, by('paypal')) },
			{ type: 'challenge_leaves', url: 'http://paypal' },
		)

	it('takes the browser there, and waits when it comes back by its own button', () => {
		expect(leaving().challenge).toEqual({ step: 'leaving', url: 'http://paypal' })
		expect(run(leaving(), { type: 'challenge_left' }).challenge.step).toBe('idle')
	})

	it('is asked about at once when the payer is back, and remembered while the money is taken', () => {
		const back = run(start({ payment: payment('requires_action', 2, by('paypal')) }), { type: 'came_back' })
		expect(back).toMatchObject({ phase: 'authenticating', challenge: { step: 'checking' } })
		const taking = run(back, { type: 'payment_seen', payment: payment('processing', 3, by('paypal')) })
		expect(taking).toMatchObject({ phase: 'following', saidYes: true, startedHere: true })
		expect(run(taking, seen('requires_payment_method', 4)).saidYes).toBe(false)
	})

	it('may be called off: the form opens again, or says that it could not be', () => {
		const calling = run(leaving(), { type: 'abandon' })
		expect(calling.challenge.step).toBe('abandoning')
		expect(run(calling, seen('requires_payment_method', 3))).toMatchObject({
			phase: 'editing',
			challenge: { step: 'idle' },
		})
		const message = 'It could not be called off.'
		expect(run(calling, { type: 'challenge_left', message })).toMatchObject({
			phase: 'authenticating',
			problem: { message },
		})
		expect(run(start(), { type: 'abandon' }).challenge.step).toBe('idle')
	})
})

describe('a bank that pays days later', () => {
	it('is waited for, and may still say no', () => {
		const sepa = (status: Payment['status'], at: number): CheckoutAction => ({
			type: 'payment_seen',
			payment: payment(status, at, by('sepa_debit')),
		})
		const awaiting = run(
			sent(),
			{ type: 'answered', payment: payment('screening', 1) },
			sepa('processing', 2),
		)
		expect(awaiting.phase).toBe('awaiting')
		expect(run(awaiting, sepa('succeeded', 3)).phase).toBe('paid')
		expect(run(awaiting, sepa('requires_payment_method', 3)).phase).toBe('editing')
	})
})

describe('a refusal', () => {
	it('leaves with another choice, except one that says how long to wait', () => {
		const refused = (retryAt?: number) =>
			run(sent(), { type: 'refused', problem: { message: 'No.', field: null, retryAt } })
		expect(run(refused(), { type: 'edited' }).problem).toBeNull()
		expect(run(refused(5), { type: 'edited' }).problem).not.toBeNull()
	})
})

describe('expiry', () => {
	it('closes the form, but never a payment on its way', () => {
		const expired = { session: { ...session, status: 'expired' as const }, payment: null }
		expect(start(expired).phase).toBe('expired')
		expect(run(start(), { type: 'view_loaded', view: expired }).phase).toBe('expired')
		expect(run(sent(), { type: 'view_loaded', view: expired }).phase).toBe('confirming')
		expect(run(start(expired), seen('processing', 1)).phase).toBe('following')
		expect(run(start(expired), seen('canceled', 1)).phase).toBe('expired')
	})

	it('closes with the shop, but never under a payment that is under way', () => {
		const closed = { session: { ...session, status: 'closed' as const }, payment: null }
		expect(start(closed).phase).toBe('closed')
		expect(run(start(), { type: 'view_loaded', view: closed }).phase).toBe('closed')
		expect(run(sent(), { type: 'view_loaded', view: closed }).phase).toBe('confirming')
		expect(run(start(closed), seen('processing', 1)).phase).toBe('following')
	})
})
