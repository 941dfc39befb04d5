import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { lockSuspension, writeSuspension } from '#db/queries/suspensions.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { merchantNotFound } from './merchant-not-found.server.ts'

type Deps = { db: Kysely<DB>; clock: { now(): Date } }
type Input = { merchantId: string; reason: string; actor: string }

const LONGEST_REASON = 200

/**
 * From the next request on nothing is taken, paid back or changed for this merchant; what it has can be read, and what
 * was taken before is brought to its end. False when it was suspended already.
 */
export function suspendMerchant({ db, clock }: Deps, { merchantId, reason, actor }: Input): Promise<boolean> {
	const text = reason.trim()
	if (text === '' || text.length > LONGEST_REASON) {
		const message = `Say why, in up to ${LONGEST_REASON} characters.`
		throw new DomainError('invalid', 'reason_invalid', message, { param: 'reason' })
	}
	return inTransaction(db, async (tx) => {
		const before = await lockSuspension(tx, merchantId)
		if (!before) throw merchantNotFound(merchantId)
		if (before.at !== null) return false
		const at = clock.now()
		await writeSuspension(tx, merchantId, { at, reason: text })
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor,
				action: 'merchant.suspended',
				subject_id: merchantId,
				payload: {},
				before: { suspended: false },
				after: { suspended: true },
				reason: text,
			},
		])
		return true
	})
}
