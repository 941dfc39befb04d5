import type { Gateway, GatewayState } from '../../domain/gateways/ports.ts'
import { createPayPalBooks } from './books.server.ts'
import { PAYPAL_CERTIFICATES, sandboxCertificates } from './certificate-source.server.ts'
import { createPayPalClient } from './client.server.ts'
import { PAYPAL_DECLINES } from './decline-codes.ts'
import { createPayPalDisputes } from './disputes.server.ts'
import type { Fetch } from './fetch-text.server.ts'
import { createPayPalMessages } from './messages.server.ts'
import { PAYPAL_METHODS } from './method-terms.server.ts'
import { isCardToken } from './order-request.server.ts'
import { createPayPalPayments, PAYPAL } from './payments.server.ts'

export type PayPalSettings = {
	state: GatewayState
	clientId: string
	clientSecret: string
	/** Of the endpoint PayPal's messages come to; null = none is set. */
	webhookId: string | null
	apiBase: string
	/** Of the sandbox, while it stands in for PayPal: only then are its certificates trusted. */
	sandboxOrigin: string | null
	/** What payers read at PayPal; null = the name of the account. */
	brandName: string | null
	timeoutMs: number
}

/** PayPal, or anything that speaks its wire format. */
export function createPayPal(settings: PayPalSettings, fetch: Fetch = globalThis.fetch): Gateway {
	const { apiBase: base, sandboxOrigin, webhookId } = settings
	const client = createPayPalClient({ ...settings, base })
	return {
		name: PAYPAL,
		title: 'PayPal',
		state: settings.state,
		methods: PAYPAL_METHODS,
		declines: PAYPAL_DECLINES,
		ownsMethod: (method) => method === PAYPAL || isCardToken(method),
		payments: createPayPalPayments(client, settings),
		disputes: createPayPalDisputes(client),
		books: createPayPalBooks(client),
		messages: createPayPalMessages({
			webhookId,
			fetch,
			certificates: sandboxOrigin === null ? PAYPAL_CERTIFICATES : sandboxCertificates(sandboxOrigin, fetch),
		}),
	}
}
