import type { Tx } from '#db/client.ts'
import { deleteOldFamilies, insertRefreshToken, insertTokenFamily } from '#db/queries/tokens.ts'
import { ACCESS_TOKEN_SECONDS, signAccessToken } from '../../credentials/access-token.server.ts'
import { hashOfOpaqueToken, newOpaqueToken } from '../../credentials/opaque-token.server.ts'
import { newId } from '../../domain/ids/new-id.ts'
import type { SigningKeys } from './signing-keys.server.ts'

export type TokenDeps = {
	clock: { now(): Date }
	signingKeys: Pick<SigningKeys, 'current'>
	/** Our public address, which tokens name as who made them and whom they are for. */
	env: { http: { baseUrl: string } }
}

/** Shown to the client once; the database keeps the hash of the refresh token. */
export type IssuedTokens = {
	accessToken: string
	expiresInSeconds: number
	refreshToken: string
	/** From then on only logging in again helps. */
	refreshExpiresAt: Date
}

type Login = { userId: string; merchantId: string; sessionId: string; expiresAt: Date }

const LIFE_MS = 30 * 24 * 3_600_000

export async function pairOf(deps: TokenDeps, login: Login, refreshToken: string): Promise<IssuedTokens> {
	const key = await deps.signingKeys.current()
	const issuer = deps.env.http.baseUrl
	return {
		accessToken: await signAccessToken(login, { key, issuer, now: deps.clock.now() }),
		expiresInSeconds: ACCESS_TOKEN_SECONDS,
		refreshToken,
		refreshExpiresAt: login.expiresAt,
	}
}

/** The tokens of a log-in by API, for whoever has just proved who they are. They end with the membership. */
export async function issueTokens(
	tx: Tx,
	deps: TokenDeps,
	{ userId, merchantId }: { userId: string; merchantId: string },
): Promise<IssuedTokens> {
	const expiresAt = new Date(deps.clock.now().getTime() + LIFE_MS)
	const sessionId = newId('ses')
	const refreshToken = newOpaqueToken()
	await deleteOldFamilies(tx)
	await insertTokenFamily(tx, { id: sessionId, userId, merchantId, expiresAt })
	await insertRefreshToken(tx, { hash: hashOfOpaqueToken(refreshToken), familyId: sessionId })
	return pairOf(deps, { userId, merchantId, sessionId, expiresAt }, refreshToken)
}
