import type { Env } from '../config/env.server.ts'

export type PaymentHosts = {
	script: readonly string[]
	connect: readonly string[]
	/** The first is who shows the sheets of wallets. */
	frame: readonly string[]
	image: readonly string[]
	/** Whether some of them open windows that speak with the page. */
	opensWindows: boolean
}

const NONE: PaymentHosts = { script: [], connect: [], frame: [], image: [], opensWindows: false }

/**
 * As Stripe asks for its script, its forms and the bank's question (docs.stripe.com/security/guide). The forms of
 * cards, accounts and wallets are frames of js.stripe.com: what they load answers to their own policy.
 */
const STRIPE: PaymentHosts = {
	script: ['https://js.stripe.com', 'https://*.js.stripe.com'],
	connect: ['https://api.stripe.com'],
	frame: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
	image: ['https://*.stripe.com'],
	opensWindows: true,
}

/** As PayPal asks for its button and window (developer.paypal.com/sdk/js/best-practices), without Venmo, which is not offered. */
const PAYPAL_SITES = ['https://*.paypal.com', 'https://*.paypalobjects.com']
const PAYPAL: PaymentHosts = {
	script: PAYPAL_SITES,
	connect: PAYPAL_SITES,
	frame: PAYPAL_SITES,
	image: PAYPAL_SITES,
	opensWindows: true,
}

/** Whose scripts and frames a checkout page needs: those of the gateways whose keys are set, or the sandbox's. */
export function paymentHosts({ sandbox, stripe, paypal }: Env): PaymentHosts {
	if (sandbox) return { ...NONE, frame: [sandbox.url] }
	const stripes = stripe.state === 'missing_key' ? NONE : STRIPE
	const paypals = paypal.state === 'missing_key' ? NONE : PAYPAL
	return {
		script: [...stripes.script, ...paypals.script],
		connect: [...stripes.connect, ...paypals.connect],
		frame: [...stripes.frame, ...paypals.frame],
		image: [...stripes.image, ...paypals.image],
		opensWindows: stripes.opensWindows || paypals.opensWindows,
	}
}

export const NO_HOSTS = NONE
