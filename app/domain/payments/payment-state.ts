/** Every state a payment can be in. The last three are terminal: nothing leaves them. */
export const PAYMENT_STATES = [
	'requires_payment_method',
	'screening',
	'in_review',
	'processing',
	'requires_action',
	'requires_capture',
	'succeeded',
	'failed',
	'canceled',
] as const

export type PaymentState = (typeof PAYMENT_STATES)[number]

export const PAYMENT_TRIGGERS = [
	'confirm',
	'cancel',
	'expire',
	'allow',
	'hold_for_review',
	'block',
	'authorized',
	'authorized_for_review',
	'captured',
	'action_needed',
	'declined',
	'declined_for_good',
	'authenticated',
	'approve',
	'approve_uncharged',
	'reject',
	'capture',
	'void',
] as const

export type PaymentTrigger = (typeof PAYMENT_TRIGGERS)[number]

/**
 * The whole life of a payment. A missing cell is a forbidden move; the same edges stand in the table
 * `payment_edges`, and a test compares the two.
 */
export const NEXT_STATE = {
	requires_payment_method: { confirm: 'screening', cancel: 'canceled', expire: 'canceled' },
	// A payment under review is authorized with manual capture, so it goes on to processing as well;
	// only a method that cannot be held waits in review before the charge.
	screening: { allow: 'processing', hold_for_review: 'in_review', block: 'failed' },
	processing: {
		authorized: 'requires_capture',
		authorized_for_review: 'in_review',
		captured: 'succeeded',
		action_needed: 'requires_action',
		declined: 'requires_payment_method',
		declined_for_good: 'failed',
	},
	requires_action: {
		authenticated: 'processing',
		declined: 'requires_payment_method',
		expire: 'requires_payment_method',
		cancel: 'canceled',
	},
	in_review: {
		approve: 'succeeded',
		approve_uncharged: 'processing',
		reject: 'failed',
		cancel: 'canceled',
		expire: 'canceled',
	},
	requires_capture: { capture: 'succeeded', void: 'canceled', expire: 'canceled' },
	succeeded: {},
	failed: {},
	canceled: {},
} as const satisfies Record<PaymentState, Partial<Record<PaymentTrigger, PaymentState>>>

/** States a payment may be born in: an API payment without `confirm`, or one that is confirmed at once. */
export const STARTING_STATES = ['requires_payment_method', 'screening'] as const satisfies PaymentState[]

export const TERMINAL_STATES = ['succeeded', 'failed', 'canceled'] as const satisfies PaymentState[]

/** States in which nothing happens until a person or the passage of time acts. */
const RESTING_STATES: ReadonlySet<PaymentState> = new Set([
	...TERMINAL_STATES,
	'requires_payment_method',
	'requires_action',
	'requires_capture',
	'in_review',
])

export type Transition =
	| { readonly ok: true; readonly state: PaymentState }
	| { readonly ok: false; readonly from: PaymentState; readonly trigger: PaymentTrigger }

export function advance(from: PaymentState, trigger: PaymentTrigger): Transition {
	const row: Partial<Record<PaymentTrigger, PaymentState>> = NEXT_STATE[from]
	const state = row[trigger]
	return state ? { ok: true, state } : { ok: false, from, trigger }
}

export const isTerminal = (state: PaymentState): boolean =>
	(TERMINAL_STATES as readonly PaymentState[]).includes(state)

export const isResting = (state: PaymentState): boolean => RESTING_STATES.has(state)
