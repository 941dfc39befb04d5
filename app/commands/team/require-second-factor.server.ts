import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { readFactorRule, writeFactorRule } from '#db/queries/factor-rule.ts'
import { lockTeam } from '#db/queries/team.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText } from '../../domain/payments/cause.ts'
import type { TeamManager } from './team-manager.server.ts'

/** Whether a role that moves money can be used without a second factor. It counts from everybody's next click. */
export async function requireSecondFactor(
	{ db }: { db: Kysely<DB> },
	{ merchantId, actor, grant }: TeamManager,
	required: boolean,
): Promise<void> {
	if (!grant.isOwner) {
		throw new DomainError('forbidden', 'owners_only', 'Only an owner can change this.')
	}
	await inTransaction(db, async (tx) => {
		await lockTeam(tx, merchantId)
		const before = await readFactorRule(tx, merchantId)
		if (before === required) return
		await writeFactorRule(tx, merchantId, required)
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: causeText(actor),
				action: 'second_factor_rule.changed',
				subject_id: merchantId,
				payload: {},
				before: { required: before },
				after: { required },
			},
		])
	})
}
