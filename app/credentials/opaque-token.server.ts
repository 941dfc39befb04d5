import { createHash, createHmac, randomBytes } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'

/** 256 bits: nobody guesses one, so a fast hash is enough to keep it. */
export const newOpaqueToken = (): string => randomBytes(32).toString('base64url')

export const isOpaqueToken = (text: string): boolean => /^[\w-]{43}$/.test(text)

export const hashOfOpaqueToken = (token: string): Buffer => createHash('sha256').update(token).digest()

const sealingKey = (holder: string) => createHmac('sha256', holder).update('tillhouse successor').digest()

/** Only who has `holder` can open it again: the database, which knows its hash alone, cannot. */
export const sealFor = (holder: string, token: string): Promise<string> =>
	new CompactEncrypt(Buffer.from(token))
		.setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
		.encrypt(sealingKey(holder))

export async function openWith(holder: string, sealed: string): Promise<string> {
	const { plaintext } = await compactDecrypt(sealed, sealingKey(holder), {
		keyManagementAlgorithms: ['dir'],
		contentEncryptionAlgorithms: ['A256GCM'],
	})
	return Buffer.from(plaintext).toString()
}
