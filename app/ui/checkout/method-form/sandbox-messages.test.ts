import { describe, expect, it } from 'vitest'
import { readSandboxMessage } from './sandbox-messages.ts'

const frame = {} as Window
const from = { origin: 'http://127.0.0.1:4200', window: frame }
const said = (data: unknown, more: { origin?: string; source?: Window } = {}) =>
	readSandboxMessage({ origin: from.origin, source: frame, data, ...more }, from)
const words = { source: 'tillhouse-sandbox' }

describe('messages of the sandbox frame', () => {
	it('reads a token and an error with the request they answer', () => {
		const token = { id: 'ctoken_1', card: { brand: 'visa', last4: '4242', country: 'US' } }
		expect(said({ ...words, type: 'token', requestId: 'r1', token })).toEqual({
			type: 'token',
			requestId: 'r1',
			token: 'ctoken_1',
		})
		expect(
			said({ ...words, type: 'error', requestId: 'r1', message: 'Bad number.', field: 'number' }),
		).toEqual({
			type: 'error',
			requestId: 'r1',
			message: 'Bad number.',
			hasField: true,
		})
	})

	it('reads the same card for other gateways, and leaves out what is no token', () => {
		const token = { id: 'ctoken_1' }
		const message = {
			...words,
			type: 'token',
			requestId: 'r1',
			token,
			alternates: { paypal: 'sut_1', other: 7 },
		}
		expect(said(message)).toMatchObject({ token: 'ctoken_1', alternates: { paypal: 'sut_1' } })
		expect(said({ ...message, alternates: { other: 7 } })).not.toHaveProperty('alternates')
	})

	it('reads what a wallet pays with, and who pays', () => {
		const token = { id: 'ctoken_1', type: 'card', payer: { name: 'Willa', email: 'willa@example.com' } }
		const message = { ...words, type: 'wallet-token', wallet: 'apple_pay', token }
		expect(said(message)).toEqual({
			type: 'wallet-token',
			wallet: 'apple_pay',
			token: 'ctoken_1',
			billing: { name: 'Willa', email: 'willa@example.com' },
		})
		expect(said({ ...message, wallet: 'beads' })).toBeNull()
	})

	it('reads the rest', () => {
		expect(said({ ...words, type: 'ready' })).toEqual({ type: 'ready' })
		expect(said({ ...words, type: 'resize', height: 210 })).toEqual({ type: 'resize', height: 210 })
		expect(said({ ...words, type: '3ds_done', payment_intent: 'pi_1', outcome: 'success' })).toEqual({
			type: '3ds_done',
		})
	})

	it('does not listen to strangers', () => {
		const ready = { ...words, type: 'ready' }
		expect(said(ready, { origin: 'https://evil.example' })).toBeNull()
		expect(said(ready, { source: {} as Window })).toBeNull()
		expect(said({ type: 'ready' })).toBeNull()
		expect(
			readSandboxMessage({ origin: from.origin, source: null, data: ready }, { ...from, window: null }),
		).toBeNull()
	})

	it.each([
		null,
		'ready',
		[],
		{ ...words },
		{ ...words, type: 'token', requestId: 'r' },
		{ ...words, type: 'resize' },
	])('lets %j pass by', (data) => {
		expect(said(data)).toBeNull()
	})
})
