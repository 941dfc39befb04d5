import Stripe from 'stripe'

const TOLERANCE_SECONDS = 300

/** The parts of a Stripe event we rely on; the rest of the payload is kept as received. */
export type VerifiedEvent = {
	id: string
	type: string
	/** Whether it is about real money. */
	livemode: boolean
	/** Set when the message is about an account connected to ours: another merchant's. */
	account: string | null
	payload: unknown
}

function readEvent(event: Stripe.Event): VerifiedEvent | null {
	const { id, type, livemode, account } = event
	if (typeof id !== 'string' || typeof type !== 'string') return null
	return { id, type, livemode: livemode === true, account: account ?? null, payload: event }
}

/**
 * Checks the signature of the raw body against every live secret. The SDK looks only at old timestamps, so the
 * future side is checked here: a message dated more than 300 s ahead is refused as well.
 */
export function verifyStripeWebhook(
	rawBody: string,
	header: string | null,
	secrets: readonly string[],
	nowMs: number,
): VerifiedEvent | null {
	if (!header) return null
	const timestamp = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(header)?.[1])
	if (!Number.isFinite(timestamp) || Math.abs(nowMs / 1000 - timestamp) > TOLERANCE_SECONDS) return null
	for (const secret of secrets) {
		try {
			const event = Stripe.webhooks.constructEvent(rawBody, header, secret, TOLERANCE_SECONDS)
			return readEvent(event)
		} catch (error) {
			// A wrong secret is the expected case while two are live; the next one may fit.
			if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) return null
		}
	}
	return null
}
