import { randomUUID } from 'node:crypto'
import { newId } from '#app/domain/ids/new-id.ts'
import { hashOfKey } from '#app/credentials/api-key-text.server.ts'
import type { House } from '#tests/support/house.ts'

export type SecondMerchant = { merchantId: string; headers: { authorization: string } }

/** Another business in the same house, with a secret key of its own. */
export async function addMerchant(house: House): Promise<SecondMerchant> {
	const merchantId = newId('mer')
	await house.services.db
		.insertInto('merchants')
		.values({ id: merchantId, name: 'Second & Sons', statement_descriptor: 'SECOND AND SONS' })
		.execute()
	return { merchantId, headers: await addKey(house, merchantId) }
}

type KeyState = { kind?: 'secret' | 'publishable'; revoked?: boolean; expired?: boolean }

/** One more key of a merchant, as the header that carries it. */
export async function addKey(
	{ services }: House,
	merchantId: string,
	{ kind = 'secret', revoked = false, expired = false }: KeyState = {},
): Promise<{ authorization: string }> {
	const key = `${kind === 'secret' ? 'sk' : 'pk'}_test_${randomUUID()}`
	await services.db
		.insertInto('api_keys')
		.values({
			id: newId('key'),
			merchant_id: merchantId,
			kind,
			key_hash: hashOfKey(key),
			hint: '…test',
			revoked_at: revoked ? new Date() : null,
			expires_at: expired ? new Date() : null,
		})
		.execute()
	return { authorization: `Bearer ${key}` }
}
