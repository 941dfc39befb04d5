import { createHash } from 'node:crypto'
import { DomainError } from '../domain/errors/domain-error.ts'

const MOST_BYTES = 256 * 1024
const MOST_DEPTH = 32

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

function depthOf(value: unknown, depth = 0): number {
	if (depth > MOST_DEPTH || typeof value !== 'object' || value === null) return depth
	let most = depth + 1
	for (const member of Object.values(value)) most = Math.max(most, depthOf(member, depth + 1))
	return most
}

export type JsonBody = {
	value: unknown
	/** SHA-256 of the bytes as sent: two requests are the same when this is. */
	fingerprint: Buffer
}

/** The body as JSON; an empty one counts as `{}`. Throws a DomainError that names what is wrong with it. */
export async function readJson(request: Request): Promise<JsonBody> {
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
	if (depthOf(value) > MOST_DEPTH) {
		throw new DomainError(
			'invalid',
			'json_too_deep',
			`The body is nested deeper than ${MOST_DEPTH} levels.`,
			{
				param: 'body',
			},
		)
	}
	return { value, fingerprint }
}
