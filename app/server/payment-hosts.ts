import type { Env } from '../config/env.server.ts'
import type { WorldSettings } from '../config/worlds.server.ts'

export type PaymentHosts = {
	script: readonly string[]
	connect: readonly string[]
	frame: readonly string[]
	/** Of the frames, those that show the sheets of wallets. */
	sheets: readonly string[]
	image: readonly string[]
	/** Whether some of them open windows that speak with the page. */
	opensWindows: boolean
}

const NONE: PaymentHosts = { script: [], connect: [], frame: [], sheets: [], image: [], opensWindows: false }

/**
 * As Stripe asks for its script, its forms and the bank's question (docs.stripe.com/security/guide). The forms of
 * cards, accounts and wallets are frames of js.stripe.com: what they load answers to their own policy.
 */
const STRIPE: PaymentHosts = {
	script: ['https://js.stripe.com', 'https://*.js.stripe.com'],
	connect: ['https://api.stripe.com'],
	frame: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
	sheets: [],
	image: ['https://*.stripe.com'],
	opensWindows: true,
}

/** As PayPal asks for its button and window (developer.paypal.com/sdk/js/best-practices), without Venmo, which is not offered. */
const PAYPAL_SITES = ['https://*.paypal.com', 'https://*.paypalobjects.com']
const PAYPAL: PaymentHosts = {
	script: PAYPAL_SITES,
	connect: PAYPAL_SITES,
	frame: PAYPAL_SITES,
	sheets: [],
	image: PAYPAL_SITES,
	opensWindows: true,
}

function hostsOf({ sandbox, stripe, paypal }: WorldSettings): PaymentHosts {
	if (sandbox) return { ...NONE, frame: [sandbox.url], sheets: [sandbox.url] }
	const stripes = stripe.state === 'missing_key' ? NONE : STRIPE
	const paypals = paypal.state === 'missing_key' ? NONE : PAYPAL
	const both = together(stripes, paypals)
	return { ...both, sheets: both.frame.slice(0, 1) }
}

function together(one: PaymentHosts, other: PaymentHosts): PaymentHosts {
	const all = (of: 'script' | 'connect' | 'frame' | 'image' | 'sheets') => [
		...new Set([...one[of], ...other[of]]),
	]
	return {
		script: all('script'),
		connect: all('connect'),
		frame: all('frame'),
		image: all('image'),
		sheets: all('sheets'),
		opensWindows: one.opensWindows || other.opensWindows,
	}
}

/**
 * Whose scripts and frames a checkout page needs: those of the gateways whose keys are set, or the sandbox's. Of both
 * worlds, since the policy goes out before anybody has looked whose order it is.
 */
export const paymentHosts = ({ worlds }: Pick<Env, 'worlds'>): PaymentHosts =>
	together(hostsOf(worlds.live as WorldSettings), hostsOf(worlds.test as WorldSettings))

export const NO_HOSTS = NONE
