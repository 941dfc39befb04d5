import {
	CheckoutPaymentIntent,
	OrdersCardVerificationMethod,
	PaypalExperienceUserAction,
	PaypalWalletContextShippingPreference,
	type OrderRequest,
	type PaymentSource,
} from '@paypal/paypal-server-sdk'
import type { ChargeRequest } from '../../domain/payments/ports.ts'
import { toWire } from './wire-amount.server.ts'

const MOST_DESCRIPTION = 127

/** A token of PayPal's card fields: good for one order. */
export const isCardToken = (method: string): boolean => method.startsWith('sut_')

function sourceOf(request: ChargeRequest, brandName: string | null): PaymentSource {
	const { method, returnUrl, cancelUrl } = request
	if (isCardToken(method)) {
		return {
			card: {
				singleUseToken: method,
				attributes: { verification: { method: OrdersCardVerificationMethod.ScaWhenRequired } },
				experienceContext: { returnUrl, cancelUrl },
			},
		}
	}
	return {
		paypal: {
			experienceContext: {
				returnUrl,
				cancelUrl,
				userAction: PaypalExperienceUserAction.PayNow,
				shippingPreference: PaypalWalletContextShippingPreference.NoShipping,
				...(brandName !== null && { brandName }),
			},
		},
	}
}

/** The attempt as an order of PayPal's. The invoice is named anew by each attempt: PayPal takes a name only once. */
export function orderRequest(request: ChargeRequest, brandName: string | null): OrderRequest {
	const { attemptId, paymentId, amountMinor, currency, description } = request
	return {
		intent: request.capture === 'automatic' ? CheckoutPaymentIntent.Capture : CheckoutPaymentIntent.Authorize,
		purchaseUnits: [
			{
				amount: toWire({ minor: amountMinor, currency }),
				customId: attemptId,
				invoiceId: `${paymentId}:${attemptId}`,
				...(description !== null && { description: description.slice(0, MOST_DESCRIPTION) }),
			},
		],
		paymentSource: sourceOf(request, brandName),
	}
}
