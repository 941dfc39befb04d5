import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { endApiKey, lockApiKey, type ApiKeyRow } from '#db/queries/api-keys.ts'
import { appendAudit } from '#db/queries/audit.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'

type Deps = { db: Kysely<DB>; clock: { now(): Date }; apiKeys: { forget(id: string): void } }
type Input = { merchantId: string; keyId: string; reason: string | null; actor: Cause }

/** Nothing works with the key from now on; revoking it again changes nothing. */
export async function revokeApiKey({ db, clock, apiKeys }: Deps, input: Input): Promise<ApiKeyRow> {
	const { merchantId, keyId, reason, actor } = input
	const by = causeText(actor)
	const revoked = await inTransaction(db, async (tx) => {
		const row = await lockApiKey(tx, { merchantId, id: keyId })
		if (!row)
			throw new DomainError('not_found', 'api_key_not_found', 'There is no such API key.', { param: 'id' })
		if (row.revoked_at !== null) return row
		const at = clock.now()
		await endApiKey(tx, keyId, { by, reason, at })
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: by,
				action: 'api_key.revoked',
				subject_id: keyId,
				payload: { name: row.name },
				reason,
			},
		])
		return { ...row, revoked_at: at, revoked_by: by, revoke_reason: reason }
	})
	apiKeys.forget(keyId)
	return revoked
}
