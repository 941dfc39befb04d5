import { findOtherContents } from '#db/queries/idempotency.ts'
import { findRefund, toRefund } from '#db/queries/refunds.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import type { Refund } from '../../contracts/payments.ts'
import type { Grant } from '../../domain/access/grant.ts'
import { DomainError, isDomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import type { Cause } from '../../domain/payments/cause.ts'
import type { RefundReason } from '../../domain/refunds/refund-state.ts'
import type { Payers } from '../../vault/payers.server.ts'
import { answerOnce } from '../idempotency/answer-once.server.ts'
import { reserveRefund, type RefundDeps } from './request-refund.server.ts'

export type BulkRow = { paymentId: string; amountMinor: bigint | null; reason: RefundReason | null }

export type Bulk = {
	merchantId: string
	actor: Cause
	/** What the actor may do. */
	grant: Grant
	/** Names this bulk for good: a repeat finds the rows that were made. */
	route: string
	/** SHA-256 of what was asked. */
	fingerprint: Buffer
	rows: readonly BulkRow[]
}

/** Of each row, in order: the refund, or why there is none. */
export type BulkResult = { refund: Refund; error: null } | { refund: null; error: DomainError }

/** Longer than one row takes. */
const LOCK_SECONDS = 10

const keyReused = (resourceId: string): DomainError =>
	new DomainError(
		'key_reused',
		'idempotency_key_reused',
		`This Idempotency-Key was used with another body, for ${resourceId}. Use a new key for a new request.`,
		{ param: 'Idempotency-Key', extra: { resource_id: resourceId } },
	)

type BulkDeps = RefundDeps & { livemode: boolean; payers: Payers }

async function refundRow(deps: BulkDeps, bulk: Bulk, row: BulkRow, index: number): Promise<BulkResult> {
	const { merchantId, actor, grant, route, fingerprint } = bulk
	const refundId = newId('re')
	const present = async (kept: string) => {
		const made = await findRefund(deps.db, kept)
		return made ? toRefund(made) : null
	}
	try {
		const { body } = await answerOnce(
			deps,
			{ merchantId, livemode: deps.livemode, route, key: `${index}`, fingerprint, lockSeconds: LOCK_SECONDS },
			{ resourceId: refundId, status: 201, present, settled: null, committed: () => undefined },
			(tx) => reserveRefund(tx, deps, { merchantId, actor, grant, refundId, ...row }),
		)
		return { refund: JSON.parse(body) as Refund, error: null }
	} catch (error) {
		if (!isDomainError(error) || error.kind === 'key_reused') throw error
		return { refund: null, error }
	}
}

/**
 * Each row is a commit of its own with a key of its own, so a bulk that died half-way is finished by repeating it:
 * what was made is found, what was refused is tried again. Throws when another bulk had this name.
 */
export async function refundInBulk(deps: BulkDeps, bulk: Bulk): Promise<BulkResult[]> {
	const elsewhere = await findOtherContents(deps.db, bulk)
	if (elsewhere !== undefined) throw keyReused(elsewhere)
	const results: BulkResult[] = []
	for (const [index, row] of bulk.rows.entries()) results.push(await refundRow(deps, bulk, row, index))
	deps.committed([sendRefund.name])
	return results
}
