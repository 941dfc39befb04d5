import { createHash } from 'node:crypto'
import { DomainError } from '../domain/errors/domain-error.ts'
import { flawIn, type JsonFlaw } from './json-flaw.server.ts'

const MOST_BYTES = 256 * 1024

const tooLarge = (most: number): DomainError =>
	new DomainError('too_large', 'body_too_large', `The body is larger than ${most} bytes.`, { param: 'body' })

/** Reads at most `most` bytes and stops reading there: a lying Content-Length or an endless body costs no memory. */
export async function readText(request: Request, most: number = MOST_BYTES): Promise<string> {
	const declared = request.headers.get('content-length')
	if (declared !== null && BigInt(/^\d{1,15}$/.test(declared) ? declared : '0') > BigInt(most))
		throw tooLarge(most)
	if (!request.body) return ''
	const chunks: Uint8Array[] = []
	let size = 0
	for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
		size += chunk.byteLength
		if (size > most) throw tooLarge(most)
		chunks.push(chunk)
	}
	return decoded(Buffer.concat(chunks))
}

/** Two bodies are never the same text unless they are the same bytes. */
function decoded(bytes: Buffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
	} catch {
		throw new DomainError('invalid', 'invalid_utf8', 'The body is not valid UTF-8.', { param: 'body' })
	}
}

export type JsonBody = {
	value: unknown
	/** SHA-256 of the bytes as sent: two requests are the same when this is. */
	fingerprint: Buffer
}

/** The body as JSON; an empty one counts as `{}`. Throws a DomainError that names what is wrong with it. */
export async function readJson(request: Request): Promise<JsonBody> {
	const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
	if (encoding !== 'identity') {
		throw new DomainError(
			'unsupported_type',
			'unsupported_content_encoding',
			'Send the body as it is, without compressing it.',
			{ param: 'Content-Encoding' },
		)
	}
	const text = await readText(request)
	const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
	if (text !== '' && type !== 'application/json') {
		throw new DomainError(
			'unsupported_type',
			'unsupported_content_type',
			'Send the body as application/json.',
			{
				param: 'Content-Type',
			},
		)
	}
	const fingerprint = createHash('sha256').update(text).digest()
	if (text === '') return { value: {}, fingerprint }
	let value: unknown
	try {
		value = JSON.parse(text)
	} catch {
		throw new DomainError('invalid', 'invalid_json', 'The body is not valid JSON.', { param: 'body' })
	}
	const flaw = flawIn(text)
	if (flaw) throw flawed(flaw)
	return { value, fingerprint }
}

/** Of a body without some of its members: it stays the same request when only those are missing. */
export function fingerprintWithout(value: unknown, members: readonly string[]): Buffer {
	const entries = Object.entries(typeof value === 'object' && value !== null ? value : {})
	const kept = entries.filter(([name]) => !members.includes(name)).toSorted(([a], [b]) => (a < b ? -1 : 1))
	return createHash('sha256').update(JSON.stringify(kept)).digest()
}

const FLAWS: Record<JsonFlaw['kind'], { code: string; says: string }> = {
	too_deep: { code: 'json_too_deep', says: 'is nested deeper than 32 levels.' },
	named_twice: { code: 'parameter_repeated', says: 'is named twice in one object: which one counts?' },
	not_keepable: { code: 'parameter_invalid', says: 'contains characters that cannot be kept' },
	card_number: {
		code: 'card_number_refused',
		says: 'holds what looks like the number of a card. Card numbers never come here: send the token of the card form.',
	},
}

function flawed({ kind, param }: JsonFlaw): DomainError {
	const { code, says } = FLAWS[kind]
	return new DomainError('invalid', code, `${param}: ${says}`, { param })
}
