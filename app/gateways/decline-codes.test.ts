import { ProcessorResponseCode } from '@paypal/paypal-server-sdk'
import { expect, test } from 'vitest'
import { PAYPAL_DECLINES } from './paypal/decline-codes.ts'
import { STRIPE_DECLINES } from './stripe/decline-codes.ts'

test.each([
	['stripe', STRIPE_DECLINES],
	['paypal', PAYPAL_DECLINES],
])('no code of %s has two meanings', (_, entries) => {
	const codes = entries.map(({ code }) => code)
	expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
})

/** Approvals, refunds, disputes and account set-up: never the answer to a charge that was refused. */
const NO_DECLINE = /^(0000|1000|7600|PP(FE|GR|H1|LS|PH|RE|RF|S\d|SC|TI|TR|UC|UE|UI|UP|UR|VC|VE))$/

test('every refusal a processor can give PayPal is in the table', () => {
	const known = new Set(PAYPAL_DECLINES.map(({ code }) => code))
	const missing = Object.values(ProcessorResponseCode).filter(
		(code) => !known.has(code) && !NO_DECLINE.test(code),
	)
	expect(missing).toEqual([])
})
