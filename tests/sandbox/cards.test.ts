import { describe, expect, test } from 'vitest'
import { passesLuhn } from '#app/sandbox/cards/number.ts'
import { numberBehind } from '#app/sandbox/cards/test-ids.ts'
import { errorOf, openGateway, pay } from './gateway.ts'

describe('cards that succeed', () => {
	test.each([
		['pm_card_visa', 'visa', '4242', 'US'],
		['pm_card_mastercard', 'mastercard', '4444', 'US'],
		['pm_card_amex', 'amex', '0005', 'US'],
		['pm_card_discover', 'discover', '1117', 'US'],
		['pm_card_diners', 'diners', '0004', 'US'],
		['pm_card_jcb', 'jcb', '0505', 'JP'],
		['pm_card_unionpay', 'unionpay', '0005', 'CN'],
		['pm_card_gb', 'visa', '0000', 'GB'],
		['pm_card_de', 'visa', '0016', 'DE'],
		['pm_card_at', 'visa', '0008', 'AT'],
		['pm_card_ch', 'visa', '0009', 'CH'],
		['pm_card_jp', 'visa', '0003', 'JP'],
		['pm_card_br', 'visa', '0002', 'BR'],
		['pm_card_threeDSecureOptional', 'visa', '3055', 'US'],
	])('%s', async (id, brand, last4, country) => {
		const { stripe } = await openGateway()
		const intent = await pay(stripe, id, { expand: ['payment_method'] })
		expect(intent.status).toBe('succeeded')
		expect(intent.payment_method).toMatchObject({ card: { brand, last4, country } })
	})

	test.each([
		['pm_card_riskLevelElevated', 'elevated'],
		['pm_card_riskLevelHighest', 'highest'],
		['pm_card_visa', 'normal'],
	])('%s has risk level %s', async (id, risk_level) => {
		const { stripe } = await openGateway()
		const intent = await pay(stripe, id, { expand: ['latest_charge'] })
		expect(intent.latest_charge).toMatchObject({ outcome: { risk_level, type: 'authorized' } })
	})

	test.each([
		['pm_card_cvcCheckFail', '4000000000000101', { cvc_check: 'fail' }],
		['pm_card_visa', '4242424242424242', { cvc_check: 'pass' }],
	])('%s reports its checks', async (id, _number, checks) => {
		const { stripe } = await openGateway()
		const intent = await pay(stripe, id, { expand: ['latest_charge'] })
		expect(intent.latest_charge).toMatchObject({ payment_method_details: { card: { checks } } })
	})

	test('a fingerprint belongs to a number, not to a payment method', async () => {
		const { stripe } = await openGateway()
		const fingerprints = await Promise.all(
			['pm_card_visa', 'pm_card_visa', 'pm_card_amex'].map(async (id) => {
				const method = await stripe.paymentMethods.retrieve(id)
				return method.card?.fingerprint
			}),
		)
		expect(fingerprints[0]).toBe(fingerprints[1])
		expect(fingerprints[0]).not.toBe(fingerprints[2])
	})
})

describe('cards that are declined', () => {
	test.each([
		['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
		['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
		['pm_card_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
		['pm_card_chargeDeclinedStolenCard', 'card_declined', 'stolen_card'],
		['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
		['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'incorrect_cvc'],
		['pm_card_chargeDeclinedProcessingError', 'processing_error', 'processing_error'],
		['pm_card_visa_chargeDeclinedVelocityLimitExceeded', 'card_declined', 'card_velocity_exceeded'],
		['pm_card_chargeCustomerFail', 'card_declined', 'generic_decline'],
		['pm_card_radarBlock', 'card_declined', 'fraudulent'],
		['pm_card_threeDSecureRequiredProcessingError', 'card_declined', 'generic_decline'],
	])('%s', async (id, code, decline_code) => {
		const { stripe } = await openGateway()
		const error = await errorOf(pay(stripe, id))
		expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code, decline_code })
		expect(error.payment_intent).toMatchObject({
			status: 'requires_payment_method',
			last_payment_error: { code, decline_code, charge: error.charge },
		})
		const charge = await stripe.charges.retrieve(String(error.charge))
		expect(charge).toMatchObject({ status: 'failed', paid: false, payment_intent: error.payment_intent?.id })
		const events = await stripe.events.list()
		expect(events.data.map(({ type }) => type)).toEqual([
			'payment_intent.payment_failed',
			'charge.failed',
			'payment_intent.created',
		])
	})

	test('another card may be tried on the same intent', async () => {
		const { stripe } = await openGateway()
		const error = await errorOf(pay(stripe, 'pm_card_chargeDeclined'))
		const id = String(error.payment_intent?.id)
		const intent = await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })
		expect(intent).toMatchObject({ status: 'succeeded', last_payment_error: null })
		expect((await stripe.charges.list({ payment_intent: id })).data).toHaveLength(2)
	})

	test('a card that needs the customer is declined when the customer is away', async () => {
		const { stripe } = await openGateway()
		const error = await errorOf(pay(stripe, 'pm_card_authenticationRequired', { off_session: true }))
		expect(error).toMatchObject({ code: 'authentication_required', decline_code: 'authentication_required' })
	})
})

test('every country has a number that could be typed in', () => {
	const countries =
		'ar au at be br bg by ca cl cn tw co cr hr cy cz dk ec ee fi fr de gi gr hk hu in ie it jp lv li lt lu my mt mx nl nz no pa py pe pl pt ro sa sg sk si es se ch th ae tr gb us uy'
	for (const country of countries.split(' ')) {
		const number = numberBehind(`pm_card_${country}`) ?? ''
		expect([country, passesLuhn(number)]).toEqual([country, true])
	}
})
