import { z } from 'zod'
import type { MethodType } from '../domain/methods/method-terms.ts'
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

/** Which card form the page mounts: Stripe Elements, or the sandbox's own frame. */
export type CardForm =
	| { kind: 'stripe'; publishableKey: string }
	| { kind: 'sandbox'; publishableKey: string; frameUrl: string; origin: string }

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
		status: 'open' | 'complete' | 'expired'
		amount: number
		currency: string
		items: { name: string; quantity: number; amount: number; image: string }[]
		/** Unix ms. */
		expiresAt: number
		merchantName: string
	}
	/** The payment of this session once something was tried, in its present state. */
	payment: Payment | null
	cardForm: CardForm
	/** Ways to pay this order; empty when the merchant offers none for it. */
	methods: OfferedMethod[]
	cursor: string
}

/** Body of POST /checkout/:sessionId/confirm. Amount and currency are not in it on purpose. */
export const ConfirmCheckout = z.strictObject({
	confirmation_token: z.string().min(3).max(255),
	/** The same card as other gateways' forms know it, by gateway. */
	alternates: FallbackMethods.optional(),
	email: z.email().max(254).optional(),
	name: z.string().trim().min(1).max(120).optional(),
})
export type ConfirmCheckout = z.infer<typeof ConfirmCheckout>

export type ReceiptView = {
	merchantName: string
	reference: string
	amount: number
	currency: string
	card: { brand: string | null; last4: string | null }
	items: { name: string; quantity: number; amount: number; image: string }[]
	/** Unix ms. */
	paidAt: number
	email: string | null
	status: Payment['status']
}
