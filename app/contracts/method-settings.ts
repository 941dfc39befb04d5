import type { GatewayState } from '../domain/gateways/ports.ts'
import type { MethodType } from '../domain/methods/method-terms.ts'
import type { PaymentMethodOffer } from './payment-methods.ts'

/** The merchant's own limits in one currency, as decimal text; empty = what the gateway sets. */
export type MethodLimitView = { currency: string; min: string; max: string }

/** One method at one gateway, and what the merchant decided about it. */
export type MethodRow = {
	gateway: string
	gatewayTitle: string
	type: MethodType
	title: string
	state: GatewayState
	/** Settings without which the gateway cannot be asked; empty unless the keys are missing. */
	missing: string[]
	isOn: boolean
	/** Chosen by the merchant; null = all that the gateway takes. */
	countries: string[] | null
	/** What the gateway takes: a few codes, or how many. */
	gatewayCountries: string
	/** Lowercase codes the gateway takes, to choose from. */
	currencies: string[]
	limits: MethodLimitView[]
	changed: { by: string; at: number } | null
}

/** A payment somebody imagines, as typed into the form, and who would see what. */
export type MethodPreview = {
	asked: { amount: string; currency: string; country: string }
	refusal: { field: 'amount' | 'currency' | 'country'; message: string } | null
	offers: PaymentMethodOffer[]
}

export type MethodSettingsView = { rows: MethodRow[]; maySet: boolean; preview: MethodPreview }
