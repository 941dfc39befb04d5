import { verify as verifySignature } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import type { GatewayMessages, MessageVerdict, ReceivedMessage } from '../../domain/gateways/ports.ts'
import type { CertificateSource } from './certificate-source.server.ts'
import { createCertificates, type Certificates } from './certificates.server.ts'
import type { Fetch } from './fetch-text.server.ts'
import { pointerOfPayPalEvent, subjectOfPayPalEvent } from './webhook-subject.server.ts'

export type MessageSettings = {
	/** The id PayPal gave this endpoint: a message signed for another one is not for us. */
	webhookId: string | null
	certificates: CertificateSource
	fetch: Fetch
}

const OFF = { kind: 'off', message: 'No webhook id of PayPal is set, so this endpoint is off.' } as const

const refused = (param: string, message: string): MessageVerdict => ({
	kind: 'refused',
	code: 'signature_invalid',
	message,
	param,
})

const ID = /^[\w-]{1,128}$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/
const SIGNATURE = /^[A-Za-z0-9+/]{64,1400}={0,2}$/
const ALGORITHM = /^SHA256withRSA$/

/** What a header must look like before anything is done with it. */
const HEADERS = [
	['PayPal-Transmission-Id', ID],
	['PayPal-Transmission-Time', TIME],
	['PayPal-Transmission-Sig', SIGNATURE],
	['PayPal-Auth-Algo', ALGORITHM],
] as const

const Event = z.object({ id: z.string().min(1).max(255), event_type: z.string().min(1).max(255) })

function parsed(rawBody: string): unknown {
	try {
		return JSON.parse(rawBody)
	} catch {
		return null
	}
}

const MALFORMED = HEADERS.map(
	([name, shape]) =>
		({ header }: ReceivedMessage) =>
			shape.test(header(name) ?? '')
				? null
				: refused(name, `The header ${name} is missing or is not as PayPal writes it.`),
)

/** What can be said of a message without asking anybody. */
function refusalOf(message: ReceivedMessage, { isAddress }: CertificateSource): MessageVerdict | null {
	for (const check of MALFORMED) {
		const refusal = check(message)
		if (refusal) return refusal
	}
	return isAddress(message.header('PayPal-Cert-Url') ?? '')
		? null
		: refused('PayPal-Cert-Url', 'The certificate does not lie with PayPal. It was not looked at.')
}

/** What PayPal signs: over the bytes as they came, since the same JSON written anew has another checksum. */
const signedText = ({ rawBody, header }: ReceivedMessage, webhookId: string): string =>
	[
		header('PayPal-Transmission-Id'),
		header('PayPal-Transmission-Time'),
		webhookId,
		crc32(Buffer.from(rawBody)),
	].join('|')

async function verify(
	{ webhookId, certificates: source }: MessageSettings,
	certificates: Certificates,
	message: ReceivedMessage,
): Promise<MessageVerdict> {
	if (webhookId === null) return OFF
	const refusal = refusalOf(message, source)
	if (refusal) return refusal
	const found = await certificates.keyAt(message.header('PayPal-Cert-Url') ?? '', message.now)
	if ('refusal' in found) return refused('PayPal-Cert-Url', found.refusal)
	const signature = Buffer.from(message.header('PayPal-Transmission-Sig') ?? '', 'base64')
	const isSigned = verifySignature(
		'RSA-SHA256',
		Buffer.from(signedText(message, webhookId)),
		found.key,
		signature,
	)
	const payload = parsed(message.rawBody)
	const event = Event.safeParse(payload)
	if (!isSigned || !event.success) {
		return refused('PayPal-Transmission-Sig', 'The signature does not match the message.')
	}
	return {
		kind: 'genuine',
		id: event.data.id,
		type: event.data.event_type,
		payload: pointerOfPayPalEvent(payload),
	}
}

/**
 * Webhooks as PayPal signs them, checked here and not by asking PayPal. Age is no reason to refuse: PayPal sends a
 * message for three days under its first time, and its id is what keeps it from counting twice.
 */
export function createPayPalMessages(settings: MessageSettings): GatewayMessages {
	const certificates = createCertificates(settings.certificates, settings.fetch)
	return {
		verify: (message) => verify(settings, certificates, message),
		subjectOf: subjectOfPayPalEvent,
	}
}
