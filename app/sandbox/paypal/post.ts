import { sign } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Books } from '../books/books.ts'
import type { PayPalEvent } from '../books/paypal-shapes.ts'
import type { SandboxOptions } from '../options.ts'
import type { Addressee, Post } from '../webhooks/post.ts'
import type { Certificates } from './certificates/certificates.ts'

/** PayPal tries again up to 25 times over 3 days; the steps in between are made up. In seconds. */
const RETRY_AFTER = [60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200, ...Array<number>(16).fill(14_400)]

/** The one address of SANDBOX_PAYPAL_WEBHOOK_URL: it wants every event. */
export function paypalPost(
	books: Books,
	options: SandboxOptions,
	certificates: Certificates,
	publicUrl: () => string,
): Post<PayPalEvent, Addressee> {
	const { paypalWebhookId: id, paypalWebhookUrl: url } = options
	const audience: Addressee[] = url === undefined ? [] : [{ id, url }]
	return {
		events: () => books.paypalEvents.all(),
		keep: (event) => void books.paypalEvents.put(event),
		audience: () => audience,
		async seal({ body: event, id: eventId, transmission }, to, forged) {
			const { key: own, name } = await certificates.signer()
			const key = forged ? await certificates.forger() : own
			const body = JSON.stringify(forged ? { ...event, id: `${eventId}-FORGED` } : event)
			const message = `${transmission.id}|${transmission.time}|${to.id}|${crc32(body)}`
			return {
				body,
				headers: {
					'PAYPAL-TRANSMISSION-ID': transmission.id,
					'PAYPAL-TRANSMISSION-TIME': transmission.time,
					'PAYPAL-TRANSMISSION-SIG': sign('sha256', Buffer.from(message), key).toString('base64'),
					'PAYPAL-CERT-URL': `${publicUrl()}/paypal/v1/notifications/certs/${name}`,
					'PAYPAL-AUTH-ALGO': 'SHA256withRSA',
					'User-Agent': 'PayPal/AUHD-214.0',
				},
			}
		},
		retryAfter: RETRY_AFTER,
	}
}
