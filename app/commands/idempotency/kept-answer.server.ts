import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { claimKeys, findKey } from '#db/queries/idempotency.ts'
import type { DB } from '#db/schema.ts'
import { answerOfOther, type Answer, type IdempotentRequest } from './answer-once.server.ts'

export type { Answer }

const unreadable = (): Promise<never> =>
	Promise.reject(new Error('an answer of several commits is only kept when it is finished'))

/** The answer this key had before, or null. Throws idempotency_key_reused for another body. */
export async function keptAnswer(db: Kysely<DB>, request: IdempotentRequest): Promise<Answer | null> {
	return (await findKey(db, request)) ? answerOfOther(db, request, unreadable) : null
}

/**
 * Keeps the answer of work that took several commits, each of which is safe to repeat: the key is only written now,
 * finished. When another request was quicker, theirs is the answer.
 */
export async function keepAnswer(
	db: Kysely<DB>,
	request: IdempotentRequest,
	{ resourceId, ...answer }: { resourceId: string; status: number; body: string },
): Promise<Answer> {
	const isOurs = await inTransaction(db, async (tx) =>
		(await claimKeys(tx, [{ ...request, resourceId, answer }])).has(resourceId),
	)
	return isOurs ? { ...answer, replayed: false } : answerOfOther(db, request, unreadable)
}
