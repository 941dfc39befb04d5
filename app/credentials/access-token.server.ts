import {
	calculateJwkThumbprint,
	exportJWK,
	generateKeyPair,
	importJWK,
	jwtVerify,
	SignJWT,
	type CryptoKey,
	type JWK,
	type JWTPayload,
} from 'jose'

/** Nothing else is accepted, whatever a token's header asks for. */
const ALGORITHM = 'EdDSA'
const TYPE = 'at+jwt'
export const ACCESS_TOKEN_SECONDS = 600
/** Clocks of two machines differ by so much at most. */
const CLOCK_TOLERANCE_SECONDS = 5
const LONGEST = 2_000
/** alg, typ and kid. */
const HEADER_MEMBERS = 3

/** Who logged in, by which log-in, for which merchant. What they may do is read from the database at each request. */
export type AccessClaims = { userId: string; sessionId: string; merchantId: string }

export type SigningKey = { kid: string; privateJwk: JWK }

const audienceOf = (issuer: string): string => `${issuer}/api`

export async function newSigningKey(): Promise<SigningKey & { publicJwk: JWK }> {
	const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true })
	const publicJwk = await exportJWK(publicKey)
	return { kid: await calculateJwkThumbprint(publicJwk), publicJwk, privateJwk: await exportJWK(privateKey) }
}

export async function signAccessToken(
	{ userId, sessionId, merchantId }: AccessClaims,
	{ key, issuer, now }: { key: SigningKey; issuer: string; now: Date },
): Promise<string> {
	const seconds = Math.floor(now.getTime() / 1_000)
	return new SignJWT({ sid: sessionId, mid: merchantId })
		.setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: key.kid })
		.setIssuer(issuer)
		.setAudience(audienceOf(issuer))
		.setSubject(userId)
		.setIssuedAt(seconds)
		.setNotBefore(seconds)
		.setExpirationTime(seconds + ACCESS_TOKEN_SECONDS)
		.sign(await importJWK(key.privateJwk, ALGORITHM))
}

/** The one way JSON writes a value: no member twice, no space, no other spelling of a number or a letter. */
function isPlainJson(part: string): boolean {
	const text = Buffer.from(part, 'base64url').toString('utf8')
	try {
		return JSON.stringify(JSON.parse(text)) === text
	} catch {
		return false
	}
}

/**
 * Three parts, each the one way base64url writes its bytes, and in the first two JSON as we write it: another spelling
 * would be a second name of one token, or could be read in two ways.
 */
function isCanonical(token: string): boolean {
	if (token.length > LONGEST || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return false
	const parts = token.split('.')
	return (
		parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part) &&
		parts.slice(0, 2).every(isPlainJson)
	)
}

export type FindKey = (kid: string) => Promise<JWK | undefined>
type Reading = { issuer: string; now: Date; findKey: FindKey }

const text = (claim: unknown): string | null => (typeof claim === 'string' && claim !== '' ? claim : null)

/** Null for whatever is not an access token of ours that holds now. The key is ours by its id; no other source is looked at. */
export async function readAccessToken(
	token: string,
	{ issuer, now, findKey }: Reading,
): Promise<AccessClaims | null> {
	if (!isCanonical(token)) return null
	const keyOf = async ({ kid }: { kid?: unknown }): Promise<CryptoKey | Uint8Array> => {
		const jwk = typeof kid === 'string' && /^[\w-]{43}$/.test(kid) ? await findKey(kid) : undefined
		if (!jwk) throw new UnknownKey()
		return importJWK(jwk, ALGORITHM)
	}
	try {
		const { payload, protectedHeader } = await jwtVerify(token, keyOf, {
			algorithms: [ALGORITHM],
			issuer,
			audience: audienceOf(issuer),
			typ: TYPE,
			currentDate: now,
			clockTolerance: CLOCK_TOLERANCE_SECONDS,
			maxTokenAge: ACCESS_TOKEN_SECONDS,
			requiredClaims: ['exp', 'nbf', 'iat', 'sub', 'sid', 'mid'],
		})
		if (!isAsWeWrite(protectedHeader, payload)) return null
		const [userId, sessionId, merchantId] = [payload.sub, payload['sid'], payload['mid']].map(text)
		return userId && sessionId && merchantId ? { userId, sessionId, merchantId } : null
	} catch (error) {
		if (isRefusal(error)) return null
		throw error
	}
}

/** A header that says more asks for something we did not write, and all of ours live as long. */
const isAsWeWrite = (header: object, { exp = 0, iat = 0 }: JWTPayload): boolean =>
	Object.keys(header).length === HEADER_MEMBERS && exp - iat === ACCESS_TOKEN_SECONDS

class UnknownKey extends Error {}

/** jose's own errors, and what Node throws for headers and keys that are no JSON or no key; a database that is away is neither. */
const isRefusal = (error: unknown): boolean =>
	error instanceof UnknownKey ||
	error instanceof TypeError ||
	error instanceof SyntaxError ||
	(error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_J'))
