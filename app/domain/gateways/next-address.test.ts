import { describe, expect, test } from 'vitest'
import { isGatewayAddress } from './next-address.ts'

const SANDBOX = 'http://127.0.0.1:4010'
const USUAL = { sandboxUrl: null, apis: [null, 'https://api-m.paypal.com'] }
const PLAYED = { sandboxUrl: SANDBOX, apis: [SANDBOX, `${SANDBOX}/paypal`] }

test.each([
	'https://hooks.stripe.com/3d_secure_2/hosted?merchant=acct_1',
	'https://pm-redirects.stripe.com/authorize/acct_1/pa_nonce_1',
	'https://www.paypal.com/checkoutnow?token=1',
	'https://www.sandbox.paypal.com/checkoutnow?token=1',
])('a payer may be sent to %s', (address) => {
	expect(isGatewayAddress(address, USUAL)).toBe(true)
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
	expect(isGatewayAddress(address, USUAL)).toBe(false)
	expect(isGatewayAddress(address, PLAYED)).toBe(false)
})

test('a gateway that is asked at another address sends payers there as well', () => {
	const elsewhere = { sandboxUrl: null, apis: [null, `${SANDBOX}/paypal`] }
	expect(isGatewayAddress(`${SANDBOX}/paypal/checkoutnow?token=1`, elsewhere)).toBe(true)
	expect(isGatewayAddress('https://www.paypal.com/checkoutnow?token=1', elsewhere)).toBe(true)
	expect(isGatewayAddress('http://127.0.0.1:4011/paypal/checkoutnow?token=1', elsewhere)).toBe(false)
	expect(isGatewayAddress('javascript:alert(1)', elsewhere)).toBe(false)
})

describe('where the sandbox plays the gateways', () => {
	test('its pages are those of the gateways, and theirs are not', () => {
		expect(isGatewayAddress(`${SANDBOX}/paypal/checkoutnow?token=1`, PLAYED)).toBe(true)
		expect(isGatewayAddress('http://127.0.0.1:4011/paypal', PLAYED)).toBe(false)
		expect(isGatewayAddress('https://hooks.stripe.com/x', PLAYED)).toBe(false)
		expect(isGatewayAddress(`${SANDBOX}/paypal/checkoutnow`, USUAL)).toBe(false)
	})
})
