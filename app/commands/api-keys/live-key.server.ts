import type { Tx } from '#db/client.ts'
import { lockApiKey, type ApiKeyRow } from '#db/queries/api-keys.ts'
import { isLive } from '../../domain/access/api-keys.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'

type Named = { merchantId: string; keyId: string }

/** The key, locked; an error for one that is not there, or has ended and stays so. */
export async function lockLiveKey(tx: Tx, { merchantId, keyId }: Named, now: Date): Promise<ApiKeyRow> {
	const row = await lockApiKey(tx, { merchantId, id: keyId })
	if (!row)
		throw new DomainError('not_found', 'api_key_not_found', 'There is no such API key.', { param: 'id' })
	if (isLive({ revokedAt: row.revoked_at, expiresAt: row.expires_at }, now)) return row
	throw new DomainError('conflict', 'api_key_ended', 'This key does not work any more. Make a new one.')
}
