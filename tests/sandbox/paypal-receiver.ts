import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createVerify, X509Certificate } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { onTestFinished } from 'vitest'

export const WEBHOOK_ID = 'WH-TESTS'
const SUBJECT = 'CN=messageverificationcerts.paypal.com'

export interface PayPalNotice {
	id: string
	event_type: string
	resource_type: string
	resource: Record<string, unknown> & { links?: { rel: string; href: string }[] }
}

interface Received {
	headers: IncomingHttpHeaders
	body: Buffer
	event: PayPalNotice
}

/** A shop's address for PayPal's news. Each answer is taken from `answers`, then it is 200. */
export async function openPayPalReceiver(...answers: number[]) {
	const received: Received[] = []
	const server = createServer((request, response) => {
		const chunks: Buffer[] = []
		request.on('data', (chunk: Buffer) => chunks.push(chunk))
		request.on('end', () => {
			const body = Buffer.concat(chunks)
			received.push({
				headers: request.headers,
				body,
				event: JSON.parse(body.toString()) as PayPalNotice,
			})
			response.writeHead(answers.shift() ?? 200).end()
		})
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	onTestFinished(() => {
		server.closeAllConnections()
		server.close()
	})
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/paypal`
	return { received, options: { paypalWebhookUrl: url, paypalWebhookId: WEBHOOK_ID } }
}

/** Checked from PayPal's documentation, without a line of the sandbox's own. */
export async function isGenuine(url: string, { body, headers }: Received): Promise<boolean> {
	const header = (name: string) => String(headers[`paypal-${name}`])
	if (header('auth-algo') !== 'SHA256withRSA') return false
	const certUrl = header('cert-url')
	if (!certUrl.startsWith(`${url}/paypal/v1/notifications/certs/CERT-`)) return false
	const leaf = new X509Certificate(await (await fetch(certUrl)).text())
	const root = new X509Certificate(await (await fetch(`${url}/paypal/sandbox/root.pem`)).text())
	const signed = `${header('transmission-id')}|${header('transmission-time')}|${WEBHOOK_ID}|${crc32(body)}`
	const check = createVerify('RSA-SHA256').update(signed)
	return isTrusted(leaf, root) && check.verify(leaf.publicKey, header('transmission-sig'), 'base64')
}

function isTrusted(leaf: X509Certificate, root: X509Certificate): boolean {
	const now = Date.now()
	const current = Date.parse(leaf.validFrom) < now && now < Date.parse(leaf.validTo)
	const chained = leaf.checkIssued(root) && leaf.verify(root.publicKey) && root.verify(root.publicKey)
	return current && chained && root.ca && !leaf.ca && leaf.subject.includes(SUBJECT)
}
