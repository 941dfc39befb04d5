import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { closeItems, openAttention, openItemsOf } from '#db/queries/attention.ts'
import { keepCheck, listMerchants } from '#db/queries/audit-chain.ts'
import type { DB } from '#db/schema.ts'
import { verifyAudit as verifyAuditJob } from '#jobs/catalog/audit.ts'
import { PROBLEM_WORDS } from '../../domain/audit/judge-chain.ts'
import { walkChain, type Walked } from './walk-chain.server.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	committed: (queues: readonly string[]) => void
}

/** Keeps what was found; a broken chain is put before a person, and the item closes when the chain holds again. */
async function keep({ db, clock }: Deps, { merchantId, holdsUpTo, broken }: Walked): Promise<void> {
	await inTransaction(db, async (tx) => {
		await keepCheck(tx, merchantId, {
			checkedAt: clock.now(),
			holdsUpTo,
			brokenAt: broken?.seq ?? null,
			problem: broken?.problem ?? null,
		})
		if (broken === null) {
			const items = await openItemsOf(tx, 'audit_broken', [merchantId])
			await closeItems(tx, items, { by: 'job:audit.verify', outcome: 'gone', note: null })
			return
		}
		await openAttention(tx, [
			{
				merchant_id: merchantId,
				kind: 'audit_broken',
				subject_id: merchantId,
				detail: PROBLEM_WORDS[broken.problem](broken.seq.toString()),
				job: { queue: verifyAuditJob.name, payload: { merchantId } },
				reason: `${broken.problem} at ${broken.seq}; holds up to ${holdsUpTo}`,
			},
		])
	})
}

/** Walks the chains of one merchant or of all, one after the other, and keeps what was found. */
export async function verifyAudit(deps: Deps, merchantId: string | null = null): Promise<Walked[]> {
	const merchants = merchantId === null ? await listMerchants(deps.db) : [merchantId]
	const found: Walked[] = []
	for (const id of merchants) {
		const walked = await walkChain(deps.db, id)
		await keep(deps, walked)
		found.push(walked)
	}
	deps.committed([])
	return found
}
