import { createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { IdentityProvider, OutsideIdentity } from '../../domain/people/ports.ts'
import { createDiscovery, type Discovered } from './discover.server.ts'

type Settings = { issuer: string; clientId: string; clientSecret: string }
type Deps = {
	clock: { now(): Date }
	logger: { warn: (fields: object, message: string) => void }
}

/** Nothing else is accepted, whatever a token's header asks for. */
const ALGORITHM = 'RS256'
const TIMEOUT_MS = 5_000
const CLOCK_TOLERANCE_SECONDS = 30
/** A token is read as soon as it was made: an old one is another's. */
const OLDEST_SECONDS = 600
const LONGEST = 8_192

const Claims = z.object({
	sub: z.string().min(1).max(255),
	email: z.email().max(254),
	email_verified: z.boolean().default(false),
	name: z.string().optional(),
	nonce: z.string(),
	/** One text: a token that is for others as well is not taken. */
	aud: z.string(),
	azp: z.string().optional(),
})

/** Invisible characters would let one name look like another. */
const cleanName = (name: string): string =>
	name
		.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, '')
		.trim()
		.slice(0, 80)

function identityIn(payload: JWTPayload, { clientId }: Settings, nonce: string): OutsideIdentity | null {
	const { data: claims } = Claims.safeParse(payload)
	if (!claims || claims.nonce !== nonce || claims.aud !== clientId) return null
	if (claims.azp !== undefined && claims.azp !== clientId) return null
	const { sub: subject, email, email_verified: emailVerified, name } = claims
	return { provider: 'google', subject, email, emailVerified, name: cleanName(name ?? '') || email }
}

/** What jose says of a token or its key; anything else is the network. */
const isRefusal = (error: unknown): boolean => {
	const code = error instanceof Error && 'code' in error ? String(error.code) : ''
	return /^ERR_(JWT|JWS|JOSE_ALG|JOSE_NOT_SUPPORTED|JWKS_NO_MATCHING|JWKS_MULTIPLE)/.test(code)
}

/** Signing in with Google, as OpenID Connect writes it. */
export function createGoogle(settings: Settings, { clock, logger }: Deps): IdentityProvider {
	const { issuer, clientId } = settings
	const discover = createDiscovery(issuer, clock)
	let keys: { at: string; find: JWTVerifyGetKey } | null = null
	const keysOf = ({ jwks_uri: at }: Discovered): JWTVerifyGetKey => {
		if (keys?.at !== at) {
			keys = { at, find: createRemoteJWKSet(new URL(at), { timeoutDuration: TIMEOUT_MS }) }
		}
		return keys.find
	}
	const away = (error: unknown): DomainError => {
		logger.warn({ err: error }, 'Google cannot be reached')
		return new DomainError('unavailable', 'identity_provider_away', 'Google does not answer at the moment.')
	}
	const discovered = () =>
		discover().catch((error: unknown) => {
			throw away(error)
		})

	return {
		...settings,
		async endpoints() {
			const { authorization_endpoint: authorization, token_endpoint: token } = await discovered()
			return { authorization, token }
		},
		async readIdToken(token, { nonce }) {
			if (token.length > LONGEST) return null
			const found = await discovered()
			try {
				const { payload } = await jwtVerify(token, keysOf(found), {
					algorithms: [ALGORITHM],
					issuer,
					audience: clientId,
					currentDate: clock.now(),
					clockTolerance: CLOCK_TOLERANCE_SECONDS,
					maxTokenAge: OLDEST_SECONDS,
					requiredClaims: ['exp', 'iat', 'sub', 'nonce', 'email'],
				})
				return identityIn(payload, settings, nonce)
			} catch (error) {
				if (isRefusal(error)) return null
				throw away(error)
			}
		},
	}
}
