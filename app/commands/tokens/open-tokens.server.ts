import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import type { DB } from '#db/schema.ts'
import { accountIdOf } from '#db/queries/worlds.ts'
import type { Proof } from '../../domain/access/second-factor.ts'
import { enterWorld } from '../people/enter-world.server.ts'
import { issueTokens, type IssuedTokens, type TokenDeps } from './issue-tokens.server.ts'

type Input = {
	userId: string
	/** Any world of the business. */
	merchantId: string
	/** The world the tokens are for; undefined = the first of the business. */
	livemode?: boolean | undefined
	proof: Proof
}

/** The log-in of somebody who has just proved who they are, on record with how. */
export const openTokens = (
	deps: TokenDeps & { db: Kysely<DB> },
	{ userId, merchantId: standsIn, livemode, proof }: Input,
): Promise<IssuedTokens> =>
	inTransaction(deps.db, async (tx) => {
		const accountId = (await accountIdOf(tx, standsIn)) ?? standsIn
		const actor = `api:${userId}`
		const merchantId =
			livemode === undefined ? accountId : await enterWorld(tx, { accountId, livemode, actor })
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor,
				action: 'session.opened',
				subject_id: userId,
				payload: { proof },
			},
		])
		return issueTokens(tx, deps, { userId, merchantId })
	})
