import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { json, type Reply } from '../http/message.ts'
import type { SandboxOptions } from '../options.ts'
import { PayPalError } from './errors.ts'

const LASTS_SECONDS = 32_400
const PREFIX = 'A21AA'

/** By the real clock: advancing the sandbox's must not lock out a client that keeps time by its own. */
const nowSeconds = (): number => Math.floor(Date.now() / 1000)

const mark = (expiry: string, { paypalSecret }: SandboxOptions): string =>
	createHmac('sha256', paypalSecret).update(expiry).digest('base64url')

/** `POST /v1/oauth2/token`: its errors have OAuth's shape, not PayPal's. */
export function grantToken(headers: IncomingHttpHeaders, body: string, options: SandboxOptions): Reply {
	const { paypalClientId, paypalSecret } = options
	const [scheme, credentials = ''] = (headers.authorization ?? '').split(' ')
	const expected = Buffer.from(`${paypalClientId}:${paypalSecret}`).toString('base64')
	if (scheme?.toLowerCase() !== 'basic' || !same(credentials, expected)) {
		return json({ error: 'invalid_client', error_description: 'Client Authentication failed' }, 401)
	}
	if (new URLSearchParams(body).get('grant_type') !== 'client_credentials') {
		return json({ error: 'unsupported_grant_type', error_description: 'unsupported grant_type' }, 400)
	}
	const expiry = String(nowSeconds() + LASTS_SECONDS)
	return json({
		scope: 'https://uri.paypal.com/services/payments/payment/authcapture',
		access_token: `${PREFIX}${expiry}.${mark(expiry, options)}`,
		token_type: 'Bearer',
		app_id: 'APP-SANDBOX',
		expires_in: LASTS_SECONDS,
		nonce: `${expiry}Z`,
	})
}

const same = (given: string, expected: string): boolean =>
	given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))

/** Undefined when the caller may go on. */
export function refuseStranger(headers: IncomingHttpHeaders, options: SandboxOptions): Reply | undefined {
	const [scheme, token = ''] = (headers.authorization ?? '').split(' ')
	if (scheme?.toLowerCase() !== 'bearer') throw new PayPalError('AUTHENTICATION_FAILURE')
	const [expiry = '', given = ''] = token.slice(PREFIX.length).split('.')
	if (!token.startsWith(PREFIX) || !same(given, mark(expiry, options))) {
		return json({ error: 'invalid_token', error_description: 'Token signature verification failed' }, 401)
	}
	if (Number(expiry) > nowSeconds()) return undefined
	return json({ error: 'invalid_token', error_description: 'The token passed in was expired' }, 401)
}
