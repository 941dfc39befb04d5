import { X509Certificate } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MessageVerdict } from '#app/domain/gateways/ports.ts'
import {
	PAYPAL_CERTIFICATES,
	sandboxCertificates,
	type CertificateSource,
} from '#app/gateways/paypal/certificate-source.server.ts'
import { createPayPalMessages, type MessageSettings } from '#app/gateways/paypal/messages.server.ts'
import { DAY_MS, issue, signatureOf, type Issued } from './authority.ts'
import { openCanary } from './canary.ts'

const WEBHOOK_ID = '8PT597110X687430LKGECATA'
const URL_OF_CERTIFICATE = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270'
const TIME = '2026-11-21T10:00:00Z'
// Spaces as PayPal writes none: the same JSON written anew is another text.
const BODY = '{ "id": "WH-1", "event_type": "PAYMENT.CAPTURE.COMPLETED", "resource": {"amount": 1.10} }'

let canary: Awaited<ReturnType<typeof openCanary>>
let root: Issued
let leaf: Issued
beforeAll(async () => {
	canary = await openCanary()
	root = issue({ name: 'Test root', isAuthority: true })
	leaf = issue({ by: root })
})
afterAll(() => canary.close())
beforeEach(() => {
	canary.asked.length = 0
	canary.answers(leaf.pem)
})

const trusting = (authority: Issued): CertificateSource => ({
	...PAYPAL_CERTIFICATES,
	roots: async () => [new X509Certificate(authority.pem)],
})
const messages = (changes: Partial<MessageSettings> = {}) =>
	createPayPalMessages({
		webhookId: WEBHOOK_ID,
		certificates: trusting(root),
		fetch: canary.fetch,
		...changes,
	})

type Headers = Record<string, string | null>

type Signing = {
	body?: string
	webhookId?: string
	by?: Issued
	checksum?: number | string
	headers?: Headers
}

async function signed({
	body = BODY,
	webhookId = WEBHOOK_ID,
	by = leaf,
	checksum = crc32(body),
	headers: changes = {},
}: Signing = {}) {
	const id = '69cd13f0-d67a-11e5-baa3-778b53f4ae55'
	const headers: Headers = {
		'paypal-transmission-id': id,
		'paypal-transmission-time': TIME,
		'paypal-transmission-sig': signatureOf(`${id}|${TIME}|${webhookId}|${checksum}`, by),
		'paypal-cert-url': URL_OF_CERTIFICATE,
		'paypal-auth-algo': 'SHA256withRSA',
		...changes,
	}
	return { rawBody: body, headers }
}

const verify = (
	{ rawBody, headers }: { rawBody: string; headers: Headers },
	now = new Date(),
	by = messages(),
): Promise<MessageVerdict> =>
	by.verify({ rawBody, now, header: (name) => headers[name.toLowerCase()] ?? null })

const refusedFor = (param: string) => ({ kind: 'refused', code: 'signature_invalid', param })

describe('a message of PayPal’s', () => {
	test('is taken with its name and nothing of its payer, and the certificate is fetched once', async () => {
		const ours = messages()
		const message = await signed()
		const genuine = {
			kind: 'genuine',
			id: 'WH-1',
			type: 'PAYMENT.CAPTURE.COMPLETED',
			payload: {},
		}
		expect(await verify(message, new Date(), ours)).toEqual(genuine)
		expect(await verify(message, new Date(), ours)).toEqual(genuine)
		expect(canary.asked).toEqual([URL_OF_CERTIFICATE])
	})

	test('is taken through an authority in between', async () => {
		const between = issue({ name: 'Test authority', isAuthority: true, by: root })
		const signer = issue({ by: between })
		canary.answers(signer.pem + between.pem)
		expect(await verify(await signed({ by: signer }))).toMatchObject({ kind: 'genuine' })
	})

	test('is taken however old it is: PayPal sends it for three days under its first time', async () => {
		const inThreeDays = new Date(Date.now() + 3 * DAY_MS)
		expect(await verify(await signed(), inThreeDays)).toMatchObject({ kind: 'genuine' })
	})

	test('names its endpoint, and an endpoint without a name is off', async () => {
		expect(await verify(await signed({ webhookId: 'ANOTHER' }))).toMatchObject(
			refusedFor('PayPal-Transmission-Sig'),
		)
		canary.asked.length = 0
		expect(await verify(await signed(), new Date(), messages({ webhookId: null }))).toMatchObject({
			kind: 'off',
		})
		expect(canary.asked).toEqual([])
	})
})

describe('refused before any connection leaves', () => {
	test.each([
		'https://api.paypal.com.evil.test/v1/notifications/certs/CERT-1',
		'https://evil.test/v1/notifications/certs/CERT-1',
		'https://evil-api.paypal.com/v1/notifications/certs/CERT-1',
		'https://www.paypal.com/v1/notifications/certs/CERT-1',
		'https://paypal.com/v1/notifications/certs/CERT-1',
		'https://api.paypal.com./v1/notifications/certs/CERT-1',
		'https://apiXpaypal.com/v1/notifications/certs/CERT-1',
		'http://api.paypal.com/v1/notifications/certs/CERT-1',
		'HTTPS://api.paypal.com/v1/notifications/certs/CERT-1',
		'ftp://api.paypal.com/v1/notifications/certs/CERT-1',
		'//api.paypal.com/v1/notifications/certs/CERT-1',
		'https:/api.paypal.com/v1/notifications/certs/CERT-1',
		'https://user@api.paypal.com/v1/notifications/certs/CERT-1',
		'https://api.paypal.com@evil.test/v1/notifications/certs/CERT-1',
		'https://api.paypal.com:x@evil.test/v1/notifications/certs/CERT-1',
		'https://api.paypal.com\\@evil.test/v1/notifications/certs/CERT-1',
		'https://evil.test\\.api.paypal.com/v1/notifications/certs/CERT-1',
		'https://api.paypal.com:8443/v1/notifications/certs/CERT-1',
		'https://api.paypal.com:80/v1/notifications/certs/CERT-1',
		'https://api.paypal.com:/v1/notifications/certs/CERT-1',
		'https://127.0.0.1/v1/notifications/certs/CERT-1',
		'https://[::1]/v1/notifications/certs/CERT-1',
		'https://2130706433/v1/notifications/certs/CERT-1',
		'https://169.254.169.254/v1/notifications/certs/CERT-1',
		'https://api.paypal.com/v1/notifications/certs/',
		'https://api.paypal.com/v1/notifications/certs',
		'https://api.paypal.com/v1/notifications/certs/../../../evil',
		'https://api.paypal.com/v1/notifications/certs/..%2f..%2fevil',
		'https://api.paypal.com/v1/notifications/certs/CERT-1/evil',
		'https://api.paypal.com/v1/notifications/certs//evil',
		'https://api.paypal.com/evil?x=/v1/notifications/certs/CERT-1',
		'https://api.paypal.com/v1/notifications/certs/CERT-1?to=https://evil.test',
		'https://api.paypal.com/v1/notifications/certs/CERT-1?',
		'https://api.paypal.com/v1/notifications/certs/CERT-1#x',
		'https://api.paypal.com/v1/notifications/certs/CERT-1 ',
		' https://api.paypal.com/v1/notifications/certs/CERT-1',
		'https://api.paypal.com/v1/notifications/certs/CERT-1\n',
		'https://api.paypal.com/v1/notifications/certs/CERT-1, https://api.paypal.com/v1/notifications/certs/CERT-1',
		'https://api.p\u0430ypal.com/v1/notifications/certs/CERT-1',
		`https://api.paypal.com/v1/notifications/certs/${'C'.repeat(129)}`,
		'',
	])('a certificate at %j', async (address) => {
		const verdict = await verify(await signed({ headers: { 'paypal-cert-url': address } }))
		expect(verdict).toMatchObject(refusedFor('PayPal-Cert-Url'))
		expect(canary.asked).toEqual([])
	})

	test('a certificate at any other address', () => {
		fc.assert(
			fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
				expect(PAYPAL_CERTIFICATES.isAddress(address)).toBe(false)
			}),
		)
	})

	test.each(['api.paypal.com', 'api-m.paypal.com', 'api.sandbox.paypal.com', 'api-m.sandbox.paypal.com'])(
		'%s is none of these',
		async (host) => {
			const address = `https://${host}/v1/notifications/certs/CERT-1`
			expect(await verify(await signed({ headers: { 'paypal-cert-url': address } }))).toMatchObject({
				kind: 'genuine',
			})
			expect(canary.asked).toEqual([address])
		},
	)

	test.each([
		['PayPal-Auth-Algo', ['none', 'NONE', 'SHA1withRSA', 'sha256withrsa', 'SHA256withRSA,none', 'HS256', '']],
		['PayPal-Transmission-Id', ['', 'a|b', 'x'.repeat(129), 'a b']],
		['PayPal-Transmission-Time', ['', 'yesterday', `${TIME}|x`, '2026-11-21']],
		['PayPal-Transmission-Sig', ['', 'AAAA', 'not base64!', 'A'.repeat(4_000)]],
	])('%s that PayPal does not write', async (name, values) => {
		for (const value of [null, ...values]) {
			const message = await signed({ headers: { [name.toLowerCase()]: value } })
			expect(await verify(message), `${value}`).toMatchObject(refusedFor(name))
		}
		expect(canary.asked).toEqual([])
	})

	test('no address of a certificate at all', async () => {
		const message = await signed({ headers: { 'paypal-cert-url': null } })
		expect(await verify(message)).toMatchObject(refusedFor('PayPal-Cert-Url'))
		expect(canary.asked).toEqual([])
	})
})

describe('a signature that does not hold', () => {
	const FORGED = refusedFor('PayPal-Transmission-Sig')

	test('over the checksum of the same JSON written anew', async () => {
		const anew = JSON.stringify(JSON.parse(BODY))
		expect(await verify(await signed({ checksum: crc32(anew) }))).toMatchObject(FORGED)
	})

	test('over a checksum in another notation', async () => {
		for (const checksum of [crc32(BODY).toString(16), crc32(BODY) | 0, `0${crc32(BODY)}`]) {
			if (String(checksum) === String(crc32(BODY))) continue
			expect(await verify(await signed({ checksum }))).toMatchObject(FORGED)
		}
	})

	test('over another body, id or time, or by another key', async () => {
		const message = await signed()
		expect(await verify({ ...message, rawBody: BODY.replace('1.10', '9.10') })).toMatchObject(FORGED)
		expect(await verify({ ...message, rawBody: `${BODY} ` })).toMatchObject(FORGED)
		for (const [name, value] of [
			['paypal-transmission-id', '70cd13f0-d67a-11e5-baa3-778b53f4ae55'],
			['paypal-transmission-time', '2026-11-21T10:00:01Z'],
		] as const) {
			const changed = { ...message, headers: { ...message.headers, [name]: value } }
			expect(await verify(changed)).toMatchObject(FORGED)
		}
		const other = issue({ by: root })
		expect(await verify(await signed({ by: other }))).toMatchObject(FORGED)
	})

	test.each(['hello', '{}', '[]', '{"id":"WH-1"}', '{"id":1,"event_type":"x"}'])(
		'and one that does, over %j, which is no message',
		async (body) => {
			expect(await verify(await signed({ body }))).toMatchObject(FORGED)
		},
	)
})

describe('a certificate that proves nothing', () => {
	const UNTRUSTED = refusedFor('PayPal-Cert-Url')
	const past = (days: number) => new Date(Date.now() - days * DAY_MS)

	async function verdictOn(signer: Issued, ...others: Issued[]): Promise<MessageVerdict> {
		canary.answers([signer, ...others].map(({ pem }) => pem).join(''))
		return verify(await signed({ by: signer }))
	}

	test('of another authority, with that authority beside it', async () => {
		const foreign = issue({ name: 'Test root', isAuthority: true })
		const signer = issue({ by: foreign })
		expect(await verdictOn(signer, foreign)).toMatchObject(UNTRUSTED)
	})

	test('signed by itself', async () => {
		expect(await verdictOn(issue())).toMatchObject(UNTRUSTED)
		expect(await verdictOn(issue({ isAuthority: true }))).toMatchObject(UNTRUSTED)
	})

	test('run out, or not valid yet', async () => {
		expect(await verdictOn(issue({ by: root, from: past(9), until: past(1) }))).toMatchObject(UNTRUSTED)
		expect(await verdictOn(issue({ by: root, from: new Date(Date.now() + DAY_MS) }))).toMatchObject(UNTRUSTED)
	})

	test('below an authority that has run out', async () => {
		const between = issue({
			name: 'Old',
			isAuthority: true,
			by: root,
			from: past(9),
			until: past(1),
		})
		expect(await verdictOn(issue({ by: between }), between)).toMatchObject(UNTRUSTED)
		const old = issue({ name: 'Old root', isAuthority: true, from: past(9), until: past(1) })
		const signer = issue({ by: old })
		canary.answers(signer.pem)
		const verdict = await verify(
			await signed({ by: signer }),
			new Date(),
			messages({ certificates: trusting(old) }),
		)
		expect(verdict).toMatchObject(UNTRUSTED)
	})

	test('issued by one that may not issue', async () => {
		const between = issue({ by: root })
		expect(await verdictOn(issue({ by: between }), between)).toMatchObject(UNTRUSTED)
	})

	test.each([
		'api.paypal.com',
		'messageverificationcerts.paypal.com.evil.test',
		'evil.test\nCN=messageverificationcerts.paypal.com',
		'evil.test, CN=messageverificationcerts.paypal.com',
		'messageverificationcertsXpaypal.com',
		'',
	])('of somebody else: %j', async (name) => {
		expect(await verdictOn(issue({ name, by: root }))).toMatchObject(UNTRUSTED)
	})

	test.each(['ec', 'short rsa'] as const)('with a key that is not RSA of 2048 bits: %s', async (kind) => {
		const signer = issue({ by: root, kind })
		canary.answers(signer.pem)
		expect(await verify(await signed())).toMatchObject(UNTRUSTED)
	})

	test('behind the right one: only the first in the file signs', async () => {
		const mallory = issue()
		canary.answers(leaf.pem + mallory.pem)
		expect(await verify(await signed({ by: mallory }))).toMatchObject(refusedFor('PayPal-Transmission-Sig'))
		canary.answers(mallory.pem + leaf.pem)
		expect(await verify(await signed({ by: mallory }))).toMatchObject(UNTRUSTED)
	})

	test('is not kept, and a good one is looked at again when its time is over', async () => {
		const ours = messages()
		const message = await signed()
		canary.answers(issue().pem)
		expect(await verify(message, new Date(), ours)).toMatchObject(UNTRUSTED)
		canary.answers(leaf.pem)
		expect(await verify(message, new Date(), ours)).toMatchObject({ kind: 'genuine' })
		expect(await verify(message, new Date(Date.now() + 60 * DAY_MS), ours)).toMatchObject(UNTRUSTED)
	})
})

describe('a certificate that cannot be read', () => {
	const UNREAD = refusedFor('PayPal-Cert-Url')

	test.each(['', '<html>', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'null'])(
		'%j',
		async (text) => {
			canary.answers(text)
			expect(await verify(await signed())).toMatchObject(UNREAD)
		},
	)

	test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed', async (status) => {
		const elsewhere = await openCanary()
		elsewhere.answers(leaf.pem)
		let visits = 0
		canary.answers('', status, { location: `${elsewhere.origin}/v1/notifications/certs/CERT-1` })
		const counting: typeof canary.fetch = (input, init) => {
			visits += 1
			return canary.fetch(input, init)
		}
		expect(await verify(await signed(), new Date(), messages({ fetch: counting }))).toMatchObject(UNREAD)
		expect({ visits, elsewhere: elsewhere.hits() }).toEqual({ visits: 1, elsewhere: 0 })
		await elsewhere.close()
	})

	test.each([204, 206, 404, 500])('an answer of %i', async (status) => {
		canary.answers(status === 204 ? '' : leaf.pem, status)
		expect(await verify(await signed())).toMatchObject(UNREAD)
	})

	test('of a gigabyte: the reading stops after 64 kB', async () => {
		const stopped = canary.neverEnds()
		expect(await verify(await signed())).toMatchObject(UNREAD)
		await stopped
		// What lay in the buffers of two sockets when the reader left.
		expect(canary.sentBytes()).toBeLessThan(16 * 2 ** 20)
	})

	test('one that is just too large, with the right certificate at its head', async () => {
		canary.answers(leaf.pem + 'A'.repeat(64 * 1024))
		expect(await verify(await signed())).toMatchObject(UNREAD)
	})

	test('many at once: no more than four are asked for', async () => {
		const held = canary.holds()
		const ours = messages()
		const verdicts = Array.from({ length: 40 }, async (_, at) =>
			verify(
				await signed({ headers: { 'paypal-cert-url': `${URL_OF_CERTIFICATE}-${at}` } }),
				new Date(),
				ours,
			),
		)
		while (held.waiting.length < 4) await wait(5)
		held.letGo()
		for (const verdict of await Promise.all(verdicts)) expect(verdict).toMatchObject(UNREAD)
		expect(canary.asked).toHaveLength(4)
	})
})

describe('while the sandbox stands in', () => {
	const source = () => sandboxCertificates(canary.origin, canary.fetch)
	const own = () => `${canary.origin}/paypal/v1/notifications/certs/CERT-1`

	test('its own certificates count, and those of PayPal do not', async () => {
		expect(source().isAddress(own())).toBe(true)
		for (const address of [
			URL_OF_CERTIFICATE,
			`${canary.origin}/v1/notifications/certs/CERT-1`,
			`${canary.origin}.evil.test/paypal/v1/notifications/certs/CERT-1`,
			own().replace('127.0.0.1', 'localhost'),
			`${own()}?x`,
			`${own()}/../../x`,
		]) {
			expect(source().isAddress(address), address).toBe(false)
		}
		expect(PAYPAL_CERTIFICATES.isAddress(own())).toBe(false)
	})

	test('only its own root is trusted', async () => {
		const message = await signed({ headers: { 'paypal-cert-url': own() } })
		canary.answers(leaf.pem)
		const foreign = messages({ certificates: { ...source(), roots: PAYPAL_CERTIFICATES.roots } })
		expect(await verify(message, new Date(), foreign)).toMatchObject(refusedFor('PayPal-Cert-Url'))
	})
})

test('PayPal’s own certificates must lead to the roots of the system', async () => {
	const roots = await PAYPAL_CERTIFICATES.roots()
	expect(roots.length).toBeGreaterThan(50)
	expect(roots.every(({ ca }) => ca)).toBe(true)
	const verdict = await verify(await signed(), new Date(), messages({ certificates: PAYPAL_CERTIFICATES }))
	expect(verdict).toMatchObject(refusedFor('PayPal-Cert-Url'))
})
