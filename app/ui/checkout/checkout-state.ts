import type { CheckoutView } from '../../contracts/checkout.ts'
import type { Payment } from '../../contracts/payments.ts'
import { isBankDebit } from '../../domain/methods/method-kinds.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import type { Attempt, TabMemory } from './checkout-attempt.ts'

/**
 * Where the shopper stands. `over` is a payment that ended without money; `held` waits for the shop, `awaiting` for a
 * bank that pays days later.
 */
export type Phase =
	| 'editing'
	| 'tokenizing'
	| 'confirming'
	| 'following'
	| 'authenticating'
	| 'awaiting'
	| 'paid'
	| 'held'
	| 'over'
	| 'expired'
	| 'closed'

export type Link = 'connecting' | 'live' | 'reconnecting' | 'offline'
export type Problem = {
	readonly message: string
	/** `form` is the frame of the chosen method. */
	readonly field: 'email' | 'name' | 'form' | null
	readonly code?: string | undefined
	/** Unix ms: pressing again before then would only be refused again. */
	readonly retryAt?: number | undefined
}

/**
 * What the payer must still say yes to. `shown` with a url is our dialog, without one it is the form's own;
 * `leaving` is a site of its own that the browser goes to.
 */
export type Challenge =
	| { readonly step: 'idle' }
	| { readonly step: 'opening' }
	| { readonly step: 'shown'; readonly url: string | null }
	| { readonly step: 'leaving'; readonly url: string }
	| { readonly step: 'checking' }
	| { readonly step: 'abandoning' }

export type CheckoutState = {
	readonly phase: Phase
	readonly sessionStatus: CheckoutView['session']['status']
	readonly payment: Payment | null
	readonly tokenizing: boolean
	/** A try without an answer. No other key is minted while it stands. */
	readonly attempt: Attempt | null
	/** The last sending of the try brought no answer; it will be sent again under the same key. */
	readonly unanswered: boolean
	readonly startedHere: boolean
	/** The payer has just come back from a site where they said yes. */
	readonly saidYes: boolean
	readonly problem: Problem | null
	readonly challenge: Challenge
	readonly link: Link
}

export type CheckoutAction =
	| { readonly type: 'pay' }
	| { readonly type: 'token_failed'; readonly message: string }
	| { readonly type: 'token_ready'; readonly attempt: Attempt }
	| { readonly type: 'recalled'; readonly memory: TabMemory }
	| { readonly type: 'unanswered' }
	| { readonly type: 'answered'; readonly payment: Payment }
	| { readonly type: 'refused'; readonly problem: Problem }
	| { readonly type: 'payment_seen'; readonly payment: Payment }
	| { readonly type: 'view_loaded'; readonly view: Pick<CheckoutView, 'session' | 'payment'> }
	| { readonly type: 'link'; readonly link: Link }
	| { readonly type: 'challenge_asked' }
	| { readonly type: 'challenge_ready'; readonly url: string | null }
	| { readonly type: 'challenge_leaves'; readonly url: string }
	| { readonly type: 'challenge_answered' }
	| { readonly type: 'challenge_left'; readonly message?: string }
	| { readonly type: 'came_back' }
	| { readonly type: 'abandon' }
	| { readonly type: 'edited' }

const IDLE: Challenge = { step: 'idle' }

export function startCheckout(view: Pick<CheckoutView, 'session' | 'payment'>): CheckoutState {
	return settle({
		phase: 'editing',
		sessionStatus: view.session.status,
		payment: view.payment,
		tokenizing: false,
		attempt: null,
		unanswered: false,
		startedHere: false,
		saidYes: false,
		problem: null,
		challenge: IDLE,
		link: 'connecting',
	})
}

/** How the payment is being paid; an older one that does not say was paid by card. */
export const methodOf = (payment: Payment | null): MethodType => payment?.payment_method?.type ?? 'card'

export function checkoutReducer(state: CheckoutState, action: CheckoutAction): CheckoutState {
	return settle(apply(state, action))
}

function apply(state: CheckoutState, action: CheckoutAction): CheckoutState {
	switch (action.type) {
		case 'pay':
			return state.phase === 'editing' ? { ...state, tokenizing: true, problem: null } : state
		case 'token_failed':
			return { ...state, tokenizing: false, problem: { message: action.message, field: 'form' } }
		case 'token_ready':
			// Another tab may have begun the payment while the card form made the token: that token is dropped.
			if (state.phase !== 'tokenizing') return { ...state, tokenizing: false }
			return { ...state, tokenizing: false, attempt: action.attempt, unanswered: false, startedHere: true }
		case 'recalled':
			return state.attempt || state.tokenizing ? state : { ...state, ...action.memory }
		case 'unanswered':
			return { ...state, unanswered: state.attempt !== null }
		case 'answered':
			return withPayment({ ...state, attempt: null, unanswered: false, problem: null }, action.payment)
		case 'refused':
			return { ...state, attempt: null, unanswered: false, startedHere: false, problem: action.problem }
		case 'payment_seen':
			return withPayment(state, action.payment)
		case 'view_loaded': {
			const next = { ...state, sessionStatus: action.view.session.status }
			return action.view.payment ? withPayment(next, action.view.payment) : next
		}
		case 'link':
			return { ...state, link: action.link }
		case 'challenge_asked':
			return state.challenge.step === 'idle'
				? { ...state, challenge: { step: 'opening' }, problem: null }
				: state
		case 'challenge_ready':
			return state.challenge.step === 'opening'
				? { ...state, challenge: { step: 'shown', url: action.url } }
				: state
		case 'challenge_leaves':
			return state.challenge.step === 'opening'
				? { ...state, challenge: { step: 'leaving', url: action.url } }
				: state
		case 'challenge_answered':
			return { ...state, challenge: { step: 'checking' } }
		case 'came_back':
			return { ...state, saidYes: true, startedHere: true, challenge: { step: 'checking' } }
		case 'abandon':
			return { ...state, challenge: { step: 'abandoning' }, problem: null }
		case 'edited':
			return state.problem && state.problem.retryAt === undefined ? { ...state, problem: null } : state
		case 'challenge_left':
			if (state.phase !== 'authenticating') return state
			return {
				...state,
				challenge: IDLE,
				problem: action.message ? { message: action.message, field: null } : null,
			}
	}
}

/** Events may come twice, late or out of order: the newer version of the payment stays. */
function withPayment(state: CheckoutState, payment: Payment): CheckoutState {
	const known = state.payment
	if (known?.id === payment.id && known.updated_ms >= payment.updated_ms) return state
	if (known && known.id !== payment.id && known.created > payment.created) return state
	return { ...state, payment }
}

/** Follows from the facts, so that every path into a phase looks the same. */
function settle(state: CheckoutState): CheckoutState {
	const phase = phaseOf(state)
	const rests = phase === 'editing' || phase === 'over' || phase === 'expired' || phase === 'closed'
	return {
		...state,
		phase,
		tokenizing: phase === 'tokenizing',
		startedHere: state.startedHere && !rests,
		saidYes: state.saidYes && !rests,
		challenge: challengeOf(state, phase),
		problem: phase === state.phase || phase === 'editing' ? state.problem : null,
	}
}

function phaseOf(state: CheckoutState): Phase {
	switch (state.payment?.status) {
		case 'succeeded':
			return 'paid'
		case 'in_review':
		case 'requires_capture':
			return 'held'
		case 'screening':
			return 'following'
		case 'processing':
			return isBankDebit(methodOf(state.payment)) ? 'awaiting' : 'following'
		case 'requires_action':
			return 'authenticating'
		case 'canceled':
			return state.sessionStatus === 'expired' ? 'expired' : 'over'
		case 'failed':
			return 'over'
		case 'requires_payment_method':
		case undefined:
			// A decline seen on the stream waits for the answer to our own try: the form never opens under it.
			if (state.attempt) return 'confirming'
			if (state.sessionStatus === 'expired' || state.sessionStatus === 'closed') return state.sessionStatus
			return state.tokenizing ? 'tokenizing' : 'editing'
	}
}

/** The bank's question opens by itself only in the tab that paid and saw it come; a reload offers a button. */
function challengeOf(state: CheckoutState, phase: Phase): Challenge {
	if (phase !== 'authenticating') return IDLE
	const arrived = state.phase === 'confirming' || state.phase === 'following'
	return arrived && state.startedHere ? { step: 'opening' } : state.challenge
}
