import { describe, expect, test } from 'vitest'
import { isGatewayAddress } from './next-address.ts'

const SANDBOX = 'http://127.0.0.1:4010'

test.each([
	'https://hooks.stripe.com/3d_secure_2/hosted?merchant=acct_1',
	'https://pm-redirects.stripe.com/authorize/acct_1/pa_nonce_1',
	'https://www.paypal.com/checkoutnow?token=1',
	'https://www.sandbox.paypal.com/checkoutnow?token=1',
])('a payer may be sent to %s', (address) => {
	expect(isGatewayAddress(address, null)).toBe(true)
})

test.each([
	'http://hooks.stripe.com/x',
	'https://stripe.com.elsewhere.test/x',
	'https://notstripe.com/x',
	'https://elsewhere.test/?https://hooks.stripe.com',
	'https://elsewhere.test#.stripe.com',
	'https://hooks.stripe.com@elsewhere.test/x',
	'https://me:pw@hooks.stripe.com/x',
	'https://elsewhere.test\\.stripe.com/',
	'//hooks.stripe.com/x',
	'/console',
	'javascript:alert(1)//.stripe.com',
	'data:text/html,https://hooks.stripe.com',
	'blob:https://hooks.stripe.com/1',
	'',
])('a payer is never sent to %j', (address) => {
	expect(isGatewayAddress(address, null)).toBe(false)
	expect(isGatewayAddress(address, SANDBOX)).toBe(false)
})

describe('where the sandbox plays the gateways', () => {
	test('its pages are those of the gateways, and theirs are not', () => {
		expect(isGatewayAddress(`${SANDBOX}/paypal/checkoutnow?token=1`, SANDBOX)).toBe(true)
		expect(isGatewayAddress('http://127.0.0.1:4011/paypal', SANDBOX)).toBe(false)
		expect(isGatewayAddress('https://hooks.stripe.com/x', SANDBOX)).toBe(false)
		expect(isGatewayAddress(`${SANDBOX}/paypal/checkoutnow`, null)).toBe(false)
	})
})
