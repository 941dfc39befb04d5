import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { insertApiKey, type ApiKeyRow } from '#db/queries/api-keys.ts'
import { appendAudit } from '#db/queries/audit.ts'
import type { DB } from '#db/schema.ts'
import { hashOfKey, hintOf, newApiKey } from '../../credentials/api-key-text.server.ts'
import { permissionsOfKey, type ApiKeyKind } from '../../domain/access/api-keys.ts'
import type { Grant } from '../../domain/access/grant.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { readSettings, refuseMoreThan, settingsText, type KeySettings } from './key-settings.server.ts'

type Deps = { db: Kysely<DB>; clock: { now(): Date }; livemode: boolean }

type Input = {
	merchantId: string
	kind: ApiKeyKind
	settings: KeySettings
	/** Of the person who asks. */
	grant: Grant
	actor: Cause
}

/** `key` is shown once: nobody can read it again. */
export type MadeKey = { row: ApiKeyRow; key: string }

export async function createApiKey({ db, clock, livemode }: Deps, input: Input): Promise<MadeKey> {
	const { merchantId, kind, grant, actor } = input
	const settings = readSettings(kind, input.settings, clock.now())
	refuseMoreThan(grant, permissionsOfKey(kind, settings.permissions))
	const { id, key } = newApiKey(livemode)
	const by = causeText(actor)
	const row = await inTransaction(db, async (tx) => {
		const made = await insertApiKey(tx, {
			id,
			merchant_id: merchantId,
			kind,
			key_hash: hashOfKey(key),
			hint: hintOf(key),
			created_by: by,
			...settings,
		})
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: by,
				action: 'api_key.created',
				subject_id: id,
				payload: { kind },
				after: settingsText(settings),
			},
		])
		return made
	})
	return { row, key }
}
