import type { Tx } from '#db/client.ts'
import { appendAudit, type AuditEntry } from '#db/queries/audit.ts'
import { listMerchantsOf } from '#db/queries/people.ts'

/** A person's own change concerns every business they act for: each record has it. */
export async function auditPerson(
	tx: Tx,
	userId: string,
	action: string,
	{ door = 'console', payload = {} }: { door?: 'console' | 'api'; payload?: AuditEntry['payload'] } = {},
): Promise<void> {
	const merchants = await listMerchantsOf(tx, userId)
	await appendAudit(
		tx,
		merchants.map(({ id }) => ({
			merchant_id: id,
			actor: `${door}:${userId}`,
			action,
			subject_id: userId,
			payload,
		})),
	)
}
