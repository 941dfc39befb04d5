import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import type { DB } from '#db/schema.ts'
import type { Proof } from '../../domain/access/second-factor.ts'
import { issueTokens, type IssuedTokens, type TokenDeps } from './issue-tokens.server.ts'

type Input = { userId: string; merchantId: string; proof: Proof }

/** The log-in of somebody who has just proved who they are, on record with how. */
export const openTokens = (
	deps: TokenDeps & { db: Kysely<DB> },
	{ userId, merchantId, proof }: Input,
): Promise<IssuedTokens> =>
	inTransaction(deps.db, async (tx) => {
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: `api:${userId}`,
				action: 'session.opened',
				subject_id: userId,
				payload: { proof },
			},
		])
		return issueTokens(tx, deps, { userId, merchantId })
	})
