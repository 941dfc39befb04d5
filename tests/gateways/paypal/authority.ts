import { generateKeyPairSync, sign } from 'node:crypto'
import { issue as issueCertificate, type Party } from '#app/sandbox/paypal/certificates/issue.ts'

export const DAY_MS = 86_400_000

export type Issued = Party & { pem: string }

export type Wanted = {
	name?: string
	isAuthority?: boolean
	from?: Date
	until?: Date
	/** Signed by itself without one. */
	by?: Issued
	kind?: 'rsa' | 'short rsa' | 'ec'
}

const newKeys = (kind: NonNullable<Wanted['kind']>) =>
	kind === 'ec'
		? generateKeyPairSync('ec', { namedCurve: 'P-256' })
		: generateKeyPairSync('rsa', { modulusLength: kind === 'rsa' ? 2_048 : 1_024 })

/** A certificate of any kind, good or bad. */
export function issue({
	name = 'messageverificationcerts.paypal.com',
	isAuthority = false,
	from = new Date(Date.now() - DAY_MS),
	until = new Date(Date.now() + 30 * DAY_MS),
	by,
	kind = 'rsa',
}: Wanted = {}): Issued {
	const party: Party = { commonName: name, ...newKeys(kind) }
	const role = isAuthority ? 'authority' : 'signer'
	return { ...party, pem: issueCertificate(party, by ?? party, role, { from, to: until }) }
}

/** The signature of a text, in the letters of a header. */
export const signatureOf = (text: string, { privateKey }: Issued, digest = 'sha256'): string =>
	sign(digest, Buffer.from(text), privateKey).toString('base64')
