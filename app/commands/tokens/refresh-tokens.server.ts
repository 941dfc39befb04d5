import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import {
	forgetSuccessor,
	insertRefreshToken,
	lockFamilyOfToken,
	readRefreshToken,
	revokeFamily,
	spendRefreshToken,
	type FamilyRow,
} from '#db/queries/tokens.ts'
import type { DB } from '#db/schema.ts'
import {
	hashOfOpaqueToken,
	isOpaqueToken,
	newOpaqueToken,
	openWith,
	sealFor,
} from '../../credentials/opaque-token.server.ts'
import { judgeRefresh } from '../../domain/access/refresh-reuse.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { pairOf, type IssuedTokens, type TokenDeps } from './issue-tokens.server.ts'

type Deps = TokenDeps & {
	db: Kysely<DB>
	logger: { warn: (fields: object, message: string) => void }
}

/** One answer for all that do not hold: whoever tries tokens learns nothing from it. */
const invalid = () =>
	new DomainError(
		'unauthenticated',
		'refresh_token_invalid',
		'This refresh token is not valid any more. Log in again.',
	)

type Turn = { family: FamilyRow; token: string | null }

async function spend(tx: Tx, family: FamilyRow, token: string, at: Date): Promise<string> {
	const successor = newOpaqueToken()
	const successorHash = hashOfOpaqueToken(successor)
	await insertRefreshToken(tx, { hash: successorHash, familyId: family.id })
	const sealed = await sealFor(token, successor)
	await spendRefreshToken(tx, hashOfOpaqueToken(token), { at, successorHash, sealed })
	return successor
}

/** Two have the token, and one of them stole it: nobody goes on with this log-in. */
async function endReused(tx: Tx, { id, merchant_id, user_id }: FamilyRow, at: Date): Promise<void> {
	await revokeFamily(tx, id, 'refresh_token_reused', at)
	await appendAudit(tx, [
		{
			merchant_id,
			actor: `api:${user_id}`,
			action: 'tokens.revoked',
			subject_id: id,
			payload: {},
			reason: 'refresh_token_reused',
		},
	])
}

/** The successor of the token, or null when the log-in was ended for its reuse; undefined where there is none. */
async function take(tx: Tx, token: string, now: Date): Promise<Turn | undefined> {
	const hash = hashOfOpaqueToken(token)
	const family = await lockFamilyOfToken(tx, hash)
	if (!family || family.revoked_at !== null || family.expires_at <= now) return undefined
	const row = await readRefreshToken(tx, hash)
	if (!row) return undefined
	const { spent_at: spentAt, sealed_successor: sealed, is_successor_spent: isSuccessorSpent } = row
	const verdict = judgeRefresh({ spentAt, hasSuccessor: sealed !== null, isSuccessorSpent }, now)
	if (verdict === 'spend') return { family, token: await spend(tx, family, token, now) }
	if (verdict === 'repeat' && sealed !== null) {
		await forgetSuccessor(tx, hash)
		return { family, token: await openWith(token, sealed) }
	}
	await endReused(tx, family, now)
	return { family, token: null }
}

/** Exchanges a refresh token for the next pair. The same token again is answered alike once, within ten seconds. */
export async function refreshTokens(deps: Deps, refreshToken: string): Promise<IssuedTokens> {
	if (!isOpaqueToken(refreshToken)) throw invalid()
	const turn = await inTransaction(deps.db, (tx) => take(tx, refreshToken, deps.clock.now()))
	if (!turn) throw invalid()
	const { family, token } = turn
	if (token === null) {
		const fields = { userId: family.user_id, merchantId: family.merchant_id, sessionId: family.id }
		deps.logger.warn(fields, 'a refresh token was used twice: its log-in is ended')
		throw invalid()
	}
	const login = {
		userId: family.user_id,
		merchantId: family.merchant_id,
		sessionId: family.id,
		expiresAt: family.expires_at,
	}
	return pairOf(deps, login, token)
}
