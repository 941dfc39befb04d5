import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { updateApiKey, type ApiKeyRow } from '#db/queries/api-keys.ts'
import { appendAudit } from '#db/queries/audit.ts'
import type { DB } from '#db/schema.ts'
import { permissionsOfKey } from '../../domain/access/api-keys.ts'
import type { Grant } from '../../domain/access/grant.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { readSettings, refuseMoreThan, settingsText, type KeySettings } from './key-settings.server.ts'
import { lockLiveKey } from './live-key.server.ts'

type Deps = { db: Kysely<DB>; clock: { now(): Date }; apiKeys: { forget(id: string): void } }

type Input = {
	merchantId: string
	keyId: string
	/** What is missing stays as it is. */
	change: Partial<KeySettings>
	grant: Grant
	actor: Cause
}

/** Counts from the next request of the key. */
export async function changeApiKey({ db, clock, apiKeys }: Deps, input: Input): Promise<ApiKeyRow> {
	const { merchantId, keyId, change, grant, actor } = input
	const by = causeText(actor)
	const changed = await inTransaction(db, async (tx) => {
		const before = await lockLiveKey(tx, { merchantId, keyId }, clock.now())
		const after = readSettings(before.kind, { ...before, ...change }, clock.now())
		refuseMoreThan(grant, permissionsOfKey(before.kind, after.permissions))
		const [was, is] = [settingsText(before), settingsText(after)]
		if (JSON.stringify(was) === JSON.stringify(is)) return before
		await updateApiKey(tx, keyId, after)
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: by,
				action: 'api_key.changed',
				subject_id: keyId,
				payload: { name: after.name },
				before: was,
				after: is,
			},
		])
		return { ...before, ...after }
	})
	apiKeys.forget(keyId)
	return changed
}
