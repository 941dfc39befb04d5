import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { lockPayer } from '#db/queries/payers.ts'
import {
	blankPayer,
	insertPrivacyRequest,
	readHoldings,
	readHolds,
	type PrivacyRequestRow,
} from '#db/queries/privacy.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import type { Vault } from '../../vault/vault.server.ts'
import { payerNotFound } from './find-payer.server.ts'

type Deps = { db: Kysely<DB>; vault: Vault }
type Input = { merchantId: string; payerId: string; actor: Cause; reason: string }

/**
 * Forgets a payer: their key goes, and what can be emptied is. Amounts, states, ledger and audit stay, and say nothing
 * of who it was. While something open needs the data, that is written down instead and nothing is erased.
 */
export async function erasePayer(
	{ db, vault }: Deps,
	{ merchantId, payerId, actor, reason }: Input,
): Promise<PrivacyRequestRow> {
	return inTransaction(db, async (tx) => {
		const scope = { merchantId, payerId }
		const payer = await lockPayer(tx, { merchantId, id: payerId })
		if (!payer) throw payerNotFound()
		if (payer.erased_at) {
			throw new DomainError(
				'conflict',
				'payer_erased',
				'This payer was erased before. Nothing is left to erase.',
			)
		}
		const { first_at: _first, last_at: _last, ...counts } = await readHoldings(tx, scope)
		const holds = await readHolds(tx, scope)
		const status = holds.length === 0 ? 'done' : 'held'
		if (status === 'done') {
			await vault.forget(tx, payerId)
			await blankPayer(tx, scope)
		}
		const requestedBy = causeText(actor)
		const request = await insertPrivacyRequest(tx, {
			id: newId('prv'),
			merchant_id: merchantId,
			payer_id: payerId,
			kind: 'erasure',
			status,
			holds,
			counts,
			reason,
			requested_by: requestedBy,
		})
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: requestedBy,
				action: status === 'done' ? 'payer.erased' : 'payer.erasure_held',
				subject_id: payerId,
				payload: { request: request.id, payments: counts.payments, held_by: holds.length },
				reason,
			},
		])
		return request
	})
}
