import { createHash } from 'node:crypto'
import {
	calculateJwkThumbprint,
	exportJWK,
	exportSPKI,
	generateKeyPair,
	SignJWT,
	UnsecuredJWT,
	type CryptoKey,
	type JWTPayload,
} from 'jose'
import type { Grant } from './grants.ts'

/** How an ID token can be made wrong, each in one way only. */
export const SPOILS = [
	'nonce',
	'no_nonce',
	'audience',
	'two_audiences',
	'authorized_party',
	'issuer',
	'expired',
	'stale',
	'no_subject',
	'no_email',
	'alg_none',
	'alg_hs256',
	'strange_key',
	'no_token',
	'refuse',
] as const
export type Spoil = (typeof SPOILS)[number]

export const isSpoil = (name: unknown): name is Spoil => SPOILS.some((spoil) => spoil === name)

const ALGORITHM = 'RS256'
const TOKEN_SECONDS = 3_600

export interface Keys {
	kid: string
	privateKey: CryptoKey
	publicKey: CryptoKey
}

export async function newKeys(): Promise<Keys> {
	const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true })
	return { kid: await calculateJwkThumbprint(await exportJWK(publicKey)), privateKey, publicKey }
}

export const jwks = async ({ kid, publicKey }: Keys): Promise<object> => ({
	keys: [{ ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' }],
})

const CHANGES: Partial<Record<Spoil, (claims: JWTPayload) => JWTPayload>> = {
	nonce: (claims) => ({ ...claims, nonce: 'of-another-browser' }),
	no_nonce: ({ nonce: _, ...claims }) => claims,
	audience: (claims) => ({ ...claims, aud: 'another-client' }),
	two_audiences: (claims) => ({ ...claims, aud: [String(claims.aud), 'another-client'] }),
	authorized_party: (claims) => ({ ...claims, azp: 'another-client' }),
	issuer: (claims) => ({ ...claims, iss: `${String(claims.iss)}/` }),
	expired: (claims) => ({ ...claims, iat: Number(claims.iat) - 7_200, exp: Number(claims.iat) - 3_600 }),
	stale: (claims) => ({ ...claims, iat: Number(claims.iat) - 3_000 }),
	no_subject: ({ sub: _, ...claims }) => claims,
	no_email: ({ email: _, ...claims }) => claims,
}

function claimsOf({ clientId, nonce, person }: Grant, issuer: string): JWTPayload {
	const now = Math.floor(Date.now() / 1_000)
	return {
		iss: issuer,
		azp: clientId,
		aud: clientId,
		sub: person.sub,
		email: person.email,
		email_verified: person.verified,
		at_hash: createHash('sha256').update(person.sub).digest('base64url').slice(0, 22),
		...(nonce !== null && { nonce }),
		name: person.name,
		iat: now,
		exp: now + TOKEN_SECONDS,
	}
}

export async function idToken(
	grant: Grant,
	{ issuer, keys, spoil }: { issuer: string; keys: Keys; spoil: Spoil | undefined },
): Promise<string> {
	const right = claimsOf(grant, issuer)
	const claims = (spoil && CHANGES[spoil]?.(right)) ?? right
	if (spoil === 'alg_none') return new UnsecuredJWT(claims).encode()
	if (spoil === 'alg_hs256') {
		// The public key as the secret of an HMAC: a reader that lets the header choose takes it for its own.
		const secret = new TextEncoder().encode(await exportSPKI(keys.publicKey))
		return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: keys.kid, typ: 'JWT' }).sign(secret)
	}
	const { privateKey } = spoil === 'strange_key' ? await newKeys() : keys
	return new SignJWT(claims)
		.setProtectedHeader({ alg: ALGORITHM, kid: keys.kid, typ: 'JWT' })
		.sign(privateKey)
}
