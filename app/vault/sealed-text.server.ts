import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { VaultRefusal } from './key-ring.server.ts'

const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

const SEALED = /^v1\.([a-z0-9_-]{1,64})\.([\w-]{16})\.([\w-]*)\.([\w-]{22})$/

/** `v1.key.iv.ciphertext.tag`. `bound` is not in it: whoever opens must say the same. */
export function sealBytes(key: Buffer, keyId: string, bound: string, plain: Buffer): string {
	const iv = randomBytes(IV_BYTES)
	const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
	cipher.setAAD(Buffer.from(bound))
	const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
	return ['v1', keyId, ...[iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join(
		'.',
	)
}

type Parts = { keyId: string; iv: Buffer; sealed: Buffer; tag: Buffer }

/** One text per value: base64url that decodes to the same bytes in another spelling is refused. */
function bytesOf(part: string): Buffer {
	const bytes = Buffer.from(part, 'base64url')
	if (bytes.toString('base64url') !== part) throw new VaultRefusal('This is not a sealed text.')
	return bytes
}

function partsOf(text: string): Parts {
	const [, keyId, iv, sealed, tag] = SEALED.exec(text) ?? []
	if (keyId === undefined || iv === undefined || sealed === undefined || tag === undefined)
		throw new VaultRefusal('This is not a sealed text.')
	return { keyId, iv: bytesOf(iv), sealed: bytesOf(sealed), tag: bytesOf(tag) }
}

export const isSealedText = (text: string): boolean => SEALED.test(text)

export const keyIdOf = (text: string): string => partsOf(text).keyId

/** Says nothing about why: a wrong key, another place and a changed byte look alike. */
export function openBytes(key: Buffer, bound: string, text: string): Buffer {
	const { iv, sealed, tag } = partsOf(text)
	const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
	decipher.setAAD(Buffer.from(bound))
	decipher.setAuthTag(tag)
	try {
		return Buffer.concat([decipher.update(sealed), decipher.final()])
	} catch {
		throw new VaultRefusal('A sealed value does not open: wrong key, moved, or changed.')
	}
}
