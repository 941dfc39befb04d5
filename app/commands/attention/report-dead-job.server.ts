import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { openAttention } from '#db/queries/attention.ts'
import { houseOwner, markDead, ownerOf } from '#db/queries/dead-letters.ts'
import type { DB } from '#db/schema.ts'
import { operateOnPayment } from '#jobs/catalog/payments.ts'
import { deadJobDetail } from '../../domain/attention/job-words.ts'
import { giveUpOperation } from '../payments/give-up-operation.server.ts'

/** A job that failed for good, as it lies in the queue of the dead. */
export type DeadJob = {
	/** Of the job that failed, so that the same death is reported once. */
	id: string
	queue: string | null
	payload: unknown
	/** Its last words. */
	output: unknown
	tries: number
}

const MOST_TEXT = 2_000
/** More than any payload of ours; what is larger is kept as its beginning, and cannot be tried again. */
const MOST_PAYLOAD = 10_000

/** NUL has no place in Postgres text. */
const kept = (text: string): string => text.replaceAll('\u0000', '').slice(0, MOST_TEXT)

function lastWords(output: unknown): string {
	const inner = typeof output === 'object' && output !== null && 'value' in output ? output.value : output
	if (typeof inner === 'object' && inner !== null && 'message' in inner && typeof inner.message === 'string')
		return kept(inner.message)
	return kept(JSON.stringify(inner) ?? 'nothing was said')
}

function keptPayload(payload: unknown): unknown {
	const text = JSON.stringify(payload) ?? 'null'
	return text.length <= MOST_PAYLOAD ? payload : { beginning: text.slice(0, MOST_TEXT) }
}

/** Jobs carry ids: `pay_…`, `whk_…`. */
const ID = /^[a-z]{2,5}_\w{1,60}$/

const idIn = (payload: unknown): string | undefined =>
	typeof payload === 'object' && payload !== null
		? Object.values(payload).find((value): value is string => typeof value === 'string' && ID.test(value))
		: undefined

/**
 * Puts a dead job before a person, whoever it belongs to: what names nothing known here goes to the oldest business.
 * Safe to run twice: one open item per subject. Throws when there is no business at all to put it before.
 */
export async function reportDeadJob({ db }: { db: Kysely<DB> }, dead: DeadJob): Promise<void> {
	const named = idIn(dead.payload)
	await inTransaction(db, async (tx) => {
		const owned = named === undefined ? undefined : await ownerOf(tx, named)
		const merchantId = owned?.merchant_id ?? (await houseOwner(tx))
		if (merchantId === undefined) throw new Error(`job ${dead.id} is dead, and there is nobody to tell`)
		const subjectId = owned?.subject_id ?? named ?? dead.id
		if (named !== undefined) await markDead(tx, named)
		const asked =
			dead.queue === operateOnPayment.name
				? await giveUpOperation(tx, subjectId, { kind: 'job', ref: dead.id })
				: null
		await openAttention(tx, [
			{
				merchant_id: merchantId,
				kind: 'job_failed',
				subject_id: subjectId,
				detail: deadJobDetail(dead.queue, dead.tries),
				reason: lastWords(dead.output),
				job: { queue: dead.queue ?? '', payload: keptPayload(dead.payload), ...asked },
			},
		])
	})
}
