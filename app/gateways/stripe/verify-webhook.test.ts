import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { verifyStripeWebhook } from './verify-webhook.server.ts'

const SECRET = 'whsec_current'
const NOW_S = Math.floor(Date.now() / 1000)
const BODY = JSON.stringify({ id: 'evt_1', object: 'event', type: 'charge.succeeded', data: { object: {} } })

const sign = (payload = BODY, secret = SECRET, timestamp = NOW_S) =>
	Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp })
const verify = (body: string, header: string | null, secrets: readonly string[] = [SECRET]) =>
	verifyStripeWebhook(body, header, secrets, NOW_S * 1000)

test('a signed message is read', () => {
	expect(verify(BODY, sign())).toMatchObject({ id: 'evt_1', type: 'charge.succeeded' })
})

test('while two secrets are live either of them will do', () => {
	expect(verify(BODY, sign(BODY, 'whsec_old'), [SECRET, 'whsec_old'])).toMatchObject({ id: 'evt_1' })
})

test.each<[string, string, string | null, string[]]>([
	['no header', BODY, null, [SECRET]],
	['an empty header', BODY, '', [SECRET]],
	['no time', BODY, sign().replace(/t=\d+,/, ''), [SECRET]],
	['another secret', BODY, sign(BODY, 'whsec_other'), [SECRET]],
	['no secret at all', BODY, sign(), []],
	['one changed byte', BODY.replace('evt_1', 'evt_2'), sign(), [SECRET]],
	['a message more than five minutes old', BODY, sign(BODY, SECRET, NOW_S - 310), [SECRET]],
	['a message more than five minutes ahead', BODY, sign(BODY, SECRET, NOW_S + 310), [SECRET]],
	['something else than JSON', 'hello', sign('hello'), [SECRET]],
	['an event without a name', '{"type":"x"}', sign('{"type":"x"}'), [SECRET]],
])('%s is refused', (_what, body, header, secrets) => {
	expect(verify(body, header, secrets)).toBeNull()
})
