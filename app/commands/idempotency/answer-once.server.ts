import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { claimKeys, findKey, finishKey, type KeyScope } from '#db/queries/idempotency.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { Payers } from '../../vault/payers.server.ts'

/** An HTTP answer as it is sent and replayed: status and body, byte for byte. */
export type Answer = { status: number; body: string; replayed: boolean }

export type AnswerDeps = { db: Kysely<DB>; payers: Pick<Payers, 'openJson'> }

/** An answer is kept with its payer sealed, and told opened. */
export const opened = async ({ db, payers }: AnswerDeps, answer: Answer): Promise<Answer> => ({
	...answer,
	body: await payers.openJson(db, answer.body),
})

export type IdempotentRequest = KeyScope & {
	/** SHA-256 of the body: the same key with another body is an error of the caller. */
	fingerprint: Buffer
	/** How long the first request may take to answer; meanwhile others are told to come back. */
	lockSeconds: number
}

/**
 * The answer to a key somebody else holds: theirs if it is finished, 409 while they are at it. A first request
 * that died before answering is finished by the next one with `present`, the resource as it is now.
 */
export async function answerOfOther(
	deps: AnswerDeps,
	request: IdempotentRequest,
	present: (resourceId: string) => Promise<{ status: number; body: string }>,
): Promise<Answer> {
	const row = await findKey(deps.db, request)
	if (!row)
		throw new DomainError('conflict', 'idempotency_key_in_use', 'This Idempotency-Key is in use. Try again.')
	if (!row.fingerprint.equals(request.fingerprint)) {
		throw new DomainError(
			'key_reused',
			'idempotency_key_reused',
			`This Idempotency-Key was used with another body, for ${row.resource_id}. Use a new key for a new request.`,
			{ param: 'Idempotency-Key', extra: { resource_id: row.resource_id } },
		)
	}
	if (row.finished_at && row.status_code !== null && row.response !== null) {
		return opened(deps, { status: row.status_code, body: row.response, replayed: true })
	}
	if (row.locked) {
		throw new DomainError(
			'conflict',
			'idempotency_key_in_use',
			'The first request with this Idempotency-Key is still running. Try again in a moment.',
			{ extra: { resource_id: row.resource_id } },
		)
	}
	const kept = await finishKey(deps.db, request, await present(row.resource_id))
	return opened(deps, { ...kept, replayed: true })
}

export type Once = {
	resourceId: string
	status: number
	/** What the resource is now, as it is kept, for a request that finds its forerunner dead. */
	present: (resourceId: string) => Promise<unknown>
	/** Resolves with the resource as it is kept, once its outcome is known; null answers with the effect's own result at once. */
	settled: (() => Promise<unknown>) | null
	/** Called once the effect is committed, before anything waits for its outcome. */
	committed: () => void
	/** The answer to an error nobody expected in that wait; null for one that has passed when the caller tries again. */
	failed?: (error: unknown, resourceId: string) => Promise<KeptAnswer | null>
}

type KeptAnswer = { status: number; body: string }

/** What the effect brought is there, whatever happens now: a failure is an answer like any other, and kept. */
export async function answerOrFailure(
	answer: () => Promise<KeptAnswer>,
	{ resourceId, failed }: Pick<Once, 'resourceId' | 'failed'>,
): Promise<KeptAnswer> {
	try {
		return await answer()
	} catch (error) {
		const failure = await failed?.(error, resourceId)
		if (!failure) throw error
		return failure
	}
}

/**
 * Runs `effect` once per key, in the transaction that claims the key. A refused request keeps nothing: the same
 * key can be used again after the mistake is mended, or after a failure of ours that took the effect back with it.
 */
export async function answerOnce(
	deps: AnswerDeps,
	request: IdempotentRequest | null,
	once: Once,
	effect: (tx: Tx) => Promise<unknown>,
): Promise<Answer> {
	const { db } = deps
	const { resourceId, present, settled } = once
	const asAnswer = (value: unknown) => ({ status: once.status, body: JSON.stringify(value) })
	const first = await inTransaction(db, async (tx) => {
		if (request) {
			const claimed = await claimKeys(tx, [{ ...request, resourceId, answer: null }])
			if (!claimed.has(resourceId)) return null
		}
		const answer = asAnswer(await effect(tx))
		if (request && !settled) await finishKey(tx, request, answer)
		return answer
	})
	if (!first) {
		// Only a request with a key can have been beaten to it.
		if (!request) throw new Error('a request without a key was not run')
		return answerOfOther(deps, request, async (kept) => asAnswer(await present(kept)))
	}
	once.committed()
	if (!settled) return opened(deps, { ...first, replayed: false })
	const late = await answerOrFailure(async () => asAnswer(await settled()), once)
	const kept = request ? await finishKey(db, request, late) : late
	return opened(deps, { ...kept, replayed: false })
}
