import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { lockFamilyOfToken, revokeFamily } from '#db/queries/tokens.ts'
import type { DB } from '#db/schema.ts'
import { hashOfOpaqueToken, isOpaqueToken } from '../../credentials/opaque-token.server.ts'

type Deps = { db: Kysely<DB>; clock: { now(): Date } }

/** Ends the log-in a refresh token belongs to, its access tokens included. A token nobody knows ends nothing. */
export async function endTokens({ db, clock }: Deps, refreshToken: string): Promise<void> {
	if (!isOpaqueToken(refreshToken)) return
	await inTransaction(db, async (tx) => {
		const family = await lockFamilyOfToken(tx, hashOfOpaqueToken(refreshToken))
		if (!family || family.revoked_at !== null) return
		await revokeFamily(tx, family.id, 'logged_out', clock.now())
		await appendAudit(tx, [
			{
				merchant_id: family.merchant_id,
				actor: `api:${family.user_id}`,
				action: 'tokens.revoked',
				subject_id: family.id,
				payload: {},
				reason: 'logged_out',
			},
		])
	})
}
