import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { findDataKeyOf } from '#db/queries/data-keys.ts'
import {
	hashBlock,
	lockUnhashedBlocks,
	lockUnsealed,
	replaceUnsealed,
	type UnsealedPayment,
} from '#db/queries/unsealed-payments.ts'
import type { DB } from '#db/schema.ts'
import { NOBODY, PERSONAL } from '../../vault/keep-payers.server.ts'
import type { Payers } from '../../vault/payers.server.ts'

export type SealDeps = { db: Kysely<DB>; payers: Payers }

/** Rows of one commit: few enough that nobody who wants one of these payments waits long. */
const TOGETHER = 100

async function evidenceOf({ payers }: SealDeps, tx: Tx, row: UnsealedPayment, payerId: string | null) {
	const drafts = Object.entries(row.evidence)
	if (drafts.length === 0 || payerId === null) return []
	const key = await findDataKeyOf(tx, { subjectId: payerId, purpose: PERSONAL })
	if (!key) throw new Error(`${row.payment_id}: its payer has no key`)
	const seal = payers.sealerOf(key)
	return drafts.map(([id, draft]) => ({ id, sealed_evidence: seal('evidence', JSON.stringify(draft)) }))
}

async function sealBatch(deps: SealDeps): Promise<number> {
	return inTransaction(deps.db, async (tx) => {
		const rows = await lockUnsealed(tx, TOGETHER)
		if (rows.length === 0) return 0
		const named = await Promise.all(
			rows.map(({ merchant_id: merchantId, receipt_email: email, client_ip: ip }) =>
				deps.payers.name({ merchantId, email, ip }),
			),
		)
		const kept = await deps.payers.keep(tx, named)
		const evidence = []
		const payments = []
		for (const [index, row] of rows.entries()) {
			const columns = kept[index] ?? NOBODY
			const isNobody = columns.payer_id === null
			const payer_id = isNobody ? (await deps.payers.make(tx, row.merchant_id)).subject_id : columns.payer_id
			payments.push({ ...columns, payer_id, id: row.payment_id })
			evidence.push(...(await evidenceOf(deps, tx, row, payer_id)))
		}
		await replaceUnsealed(tx, payments, evidence)
		return rows.length
	})
}

const hashBlocks = ({ db, payers }: SealDeps): Promise<number> =>
	inTransaction(db, async (tx) => {
		const rows = await lockUnhashedBlocks(tx, TOGETHER)
		for (const row of rows) {
			const { merchant_id: merchantId, kind, value } = row
			const hash =
				kind === 'email'
					? await payers.emailHash(merchantId, value)
					: await payers.hash(merchantId, 'ip', value)
			await hashBlock(tx, row, hash)
		}
		return rows.length
	})

/** What was kept in plain text before payers had keys, a batch after the other until nothing is left. */
export async function sealUnsealed(deps: SealDeps): Promise<void> {
	while ((await hashBlocks(deps)) > 0);
	while ((await sealBatch(deps)) > 0);
}
