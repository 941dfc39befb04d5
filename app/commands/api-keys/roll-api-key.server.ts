import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { endApiKey, insertApiKey, replaceApiKey } from '#db/queries/api-keys.ts'
import { appendAudit } from '#db/queries/audit.ts'
import type { DB } from '#db/schema.ts'
import { hashOfKey, hintOf, newApiKey } from '../../credentials/api-key-text.server.ts'
import { endOfRolled, permissionsOfKey, type OverlapHours } from '../../domain/access/api-keys.ts'
import type { Grant } from '../../domain/access/grant.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import type { MadeKey } from './create-api-key.server.ts'
import { refuseMoreThan } from './key-settings.server.ts'
import { lockLiveKey } from './live-key.server.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	livemode: boolean
	apiKeys: { forget(id: string): void }
}

type Input = {
	merchantId: string
	keyId: string
	/** For so long both work, so that nothing stands still while the new one is put in place. */
	overlapHours: OverlapHours
	grant: Grant
	actor: Cause
}

/** A new key takes over with the same settings; the old one ends with the overlap. */
export async function rollApiKey({ db, clock, livemode, apiKeys }: Deps, input: Input): Promise<MadeKey> {
	const { merchantId, keyId, overlapHours, grant, actor } = input
	const by = causeText(actor)
	const { id, key } = newApiKey(livemode)
	const row = await inTransaction(db, async (tx) => {
		const now = clock.now()
		const old = await lockLiveKey(tx, { merchantId, keyId }, now)
		if (old.replaced_by !== null) {
			const message = 'This key was rolled already. Roll the key that took over.'
			throw new DomainError('conflict', 'api_key_rolled', message)
		}
		refuseMoreThan(grant, permissionsOfKey(old.kind, old.permissions))
		const made = await insertApiKey(tx, {
			...old,
			id,
			key_hash: hashOfKey(key),
			hint: hintOf(key),
			created_by: by,
		})
		const endsAt = endOfRolled(old.expires_at, now, overlapHours)
		await replaceApiKey(tx, keyId, { by: id, endsAt })
		if (overlapHours === 0) await endApiKey(tx, keyId, { by, reason: 'Rolled', at: now })
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: by,
				action: 'api_key.rolled',
				subject_id: keyId,
				payload: { replaced_by: id, ends: endsAt.toISOString() },
			},
		])
		return made
	})
	apiKeys.forget(keyId)
	return { row, key }
}
