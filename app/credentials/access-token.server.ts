import {
	calculateJwkThumbprint,
	exportJWK,
	generateKeyPair,
	importJWK,
	jwtVerify,
	SignJWT,
	type CryptoKey,
	type JWK,
} from 'jose'

/** Nothing else is accepted, whatever a token's header asks for. */
const ALGORITHM = 'EdDSA'
const TYPE = 'at+jwt'
export const ACCESS_TOKEN_SECONDS = 600
/** Clocks of two machines differ by so much at most. */
const CLOCK_TOLERANCE_SECONDS = 5
const LONGEST = 2_000

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

/** Three parts, each the one way base64url writes its bytes: another spelling would be a second name of one token. */
const isCanonical = (token: string): boolean =>
	token.length <= LONGEST &&
	/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) &&
	token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)

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
		const { payload } = await jwtVerify(token, keyOf, {
			algorithms: [ALGORITHM],
			issuer,
			audience: audienceOf(issuer),
			typ: TYPE,
			currentDate: now,
			clockTolerance: CLOCK_TOLERANCE_SECONDS,
			maxTokenAge: ACCESS_TOKEN_SECONDS,
			requiredClaims: ['exp', 'nbf', 'iat', 'sub', 'sid', 'mid'],
		})
		const [userId, sessionId, merchantId] = [payload.sub, payload['sid'], payload['mid']].map(text)
		return userId && sessionId && merchantId ? { userId, sessionId, merchantId } : null
	} catch (error) {
		if (isRefusal(error)) return null
		throw error
	}
}

class UnknownKey extends Error {}

/** jose's own errors, and what Node throws for headers and keys that are no JSON or no key; a database that is away is neither. */
const isRefusal = (error: unknown): boolean =>
	error instanceof UnknownKey ||
	error instanceof TypeError ||
	error instanceof SyntaxError ||
	(error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_J'))
