import { z } from 'zod'
import { isCountry } from '../domain/countries/country.ts'
import type { MethodType } from '../domain/methods/method-terms.ts'
import type { MethodRefusal } from '../domain/methods/offer-methods.ts'
import { AmountMinor, Currency } from './payment-requests.ts'

const Country = z
	.string()
	.transform((code) => code.toUpperCase())
	.refine(isCountry, 'is not a country (ISO 3166-1 alpha-2 code, such as us)')

/** Query of GET /api/v1/payment-methods: a payment as far as it is known before its method is chosen. */
export const ListPaymentMethods = z.strictObject({
	amount: z
		.string()
		.regex(/^\d{1,12}$/, 'is not a whole number of minor units')
		.transform((digits) => Number.parseInt(digits, 10))
		.pipe(AmountMinor),
	currency: Currency,
	/** The payer's; without it countries are not judged. */
	country: Country.optional(),
	capture_method: z.enum(['automatic', 'manual']).default('automatic'),
})
export type ListPaymentMethods = z.infer<typeof ListPaymentMethods>

/** One way to pay, and whether this payment can be paid so. */
export type PaymentMethodOffer = {
	object: 'payment_method_offer'
	type: MethodType
	title: string
	offered: boolean
	/** Those that would take it, the preferred one first. */
	gateways: string[]
	settles_later: boolean
	redirects: boolean
	note: string | null
	/** Gateways that would not, each with the reason in words. */
	refusals: { gateway: string; code: MethodRefusal['code']; message: string }[]
}
