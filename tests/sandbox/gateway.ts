import Stripe from 'stripe'
import { onTestFinished } from 'vitest'
import { DEFAULTS, type SandboxOptions } from '#app/sandbox/options.ts'
import { startSandbox } from '#app/sandbox/start.ts'

/** Ten minutes at Stripe pass in less than a millisecond. */
const CLOCK_FACTOR = 1_000_000

export function clientFor(url: string, config: Partial<Stripe.StripeConfig> = {}, key = DEFAULTS.secretKey) {
	const { hostname, port } = new URL(url)
	return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, ...config })
}

/** A sandbox of its own for one test, and the genuine SDK pointed at it. */
export async function openGateway(options: Partial<SandboxOptions> = {}) {
	const sandbox = await startSandbox({ port: 0, folder: 'memory', clockFactor: CLOCK_FACTOR, ...options })
	let open = true
	const close = async () => {
		if (open) await sandbox.close()
		open = false
	}
	onTestFinished(close)
	const control = async (method: string, path: string, body?: unknown) => {
		const response = await fetch(`${sandbox.url}/sandbox${path}`, {
			method,
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		})
		return (await response.json()) as Record<string, never>
	}
	return { url: sandbox.url, books: sandbox.books, close, control, stripe: clientFor(sandbox.url) }
}

export type Gateway = Awaited<ReturnType<typeof openGateway>>

/** What a payer says who may be debited. */
export const AGREED: Pick<Stripe.PaymentIntentCreateParams, 'mandate_data'> = {
	mandate_data: {
		customer_acceptance: { type: 'online', online: { ip_address: '192.0.2.7', user_agent: 'Test' } },
	},
}

export const pay = (
	stripe: Stripe,
	payment_method: string,
	more: Partial<Stripe.PaymentIntentCreateParams> = {},
) => stripe.paymentIntents.create({ amount: 5_000, currency: 'usd', confirm: true, payment_method, ...more })

/** A raw request, for what the SDK would hide: headers and the exact bytes of an answer. */
export function post(
	url: string,
	path: string,
	form: Record<string, string>,
	headers: Record<string, string> = {},
) {
	return fetch(`${url}${path}`, {
		method: 'POST',
		headers: { Authorization: `Bearer ${DEFAULTS.secretKey}`, ...headers },
		body: new URLSearchParams(form),
	})
}

export async function errorOf(promise: Promise<unknown>): Promise<Stripe.errors.StripeError> {
	const outcome = await promise.then(
		() => undefined,
		(error: unknown) => error,
	)
	if (outcome instanceof Stripe.errors.StripeError) return outcome
	throw new Error('Expected the gateway to refuse', { cause: outcome })
}
