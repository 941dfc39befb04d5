import { z } from 'zod'
import { METHOD_TYPES, type MethodType } from '../domain/methods/method-terms.ts'
import { isApprovedElsewhere } from '../domain/methods/method-kinds.ts'
import type { ExchangeView } from './currency-settings.ts'
import { FallbackMethods } from './payment-requests.ts'
import type { Payment } from './payments.ts'

/** What the shop sells. Prices live on the server: the browser only names a product. */
export type Product = {
	id: string
	name: string
	description: string
	amount: number
	currency: string
	image: string
}

/** Whose forms the page mounts for cards, wallets and accounts: Stripe Elements, or the sandbox's own frames. */
export type FormSource =
	{ kind: 'stripe'; publishableKey: string } | { kind: 'sandbox'; publishableKey: string; origin: string }

/** One way to pay this order, in the order in which a page lists them. */
export type OfferedMethod = {
	type: MethodType
	title: string
	/** The gateway that is asked first. */
	gateway: string
	/** Whether the outcome comes days after the shopper has gone. */
	settlesLater: boolean
	/** Whether the shopper leaves the page to approve. */
	redirects: boolean
	/** What to know before choosing it. */
	note: string | null
}

export type CheckoutView = {
	session: {
		id: string
		/** `closed`: the merchant takes no payments at present. */
		status: 'open' | 'complete' | 'expired' | 'closed'
		amount: number
		currency: string
		items: { name: string; quantity: number; amount: number; image: string }[]
		/** Unix ms. */
		expiresAt: number
		merchantName: string
	}
	/** The payment of this session once something was tried, in its present state. */
	payment: Payment | null
	/** Ways to pay this order; empty when the merchant offers none for it. */
	methods: OfferedMethod[]
	forms: FormSource
	/** PayPal's own buttons; null while the sandbox stands in for PayPal, or without its keys. */
	paypalButtons: { clientId: string } | null
	/** Other currencies this order can be paid in: POST /checkout/:sessionId/quote says what it costs there. */
	currencies: string[]
	cursor: string
}

const token = z.string().min(3).max(255)

/** Body of POST /checkout/:sessionId/confirm. Amount and currency are not in it on purpose. */
export const ConfirmCheckout = z
	.strictObject({
		method: z.enum(METHOD_TYPES).default('card'),
		/** From the form of the method; methods that are approved at their own site have none. */
		confirmation_token: token.optional(),
		/** The same card as other gateways know it, by gateway: a fallback charges it without asking again. */
		alternates: FallbackMethods.optional(),
		/** The quote whose price the shopper has seen; without it the order's own amount is charged. */
		quote_id: z.string().min(3).max(64).optional(),
		email: z.email().max(254).optional(),
		name: z.string().trim().min(1).max(120).optional(),
	})
	.superRefine(({ method, confirmation_token: given }, context) => {
		const path = ['confirmation_token']
		if (isApprovedElsewhere(method)) {
			if (given === undefined) return
			context.addIssue({
				code: 'custom',
				path,
				message: `${method} is approved at its own site and takes no token`,
			})
		} else if (given === undefined) {
			context.addIssue({ code: 'custom', path, message: `${method} needs the token of its form` })
		}
	})
export type ConfirmCheckout = z.infer<typeof ConfirmCheckout>

export type ReceiptView = {
	merchantName: string
	reference: string
	/** What was charged. */
	amount: number
	currency: string
	method: Payment['payment_method']
	/** What the order costs in its own currency, as its items do. */
	order: { amount: number; currency: string }
	/** Of a payment in another currency than the order's. */
	exchange: ExchangeView | null
	items: { name: string; quantity: number; amount: number; image: string }[]
	/** Unix ms. */
	paidAt: number
	email: string | null
	status: Payment['status']
	/** Where the order's stream goes on from here. */
	cursor: string
}
