import { inTransaction } from '#db/client.ts'
import { claimKeys, findKey } from '#db/queries/idempotency.ts'
import { answerOfOther, type Answer, type AnswerDeps, type IdempotentRequest } from './answer-once.server.ts'

export type { Answer }

const unreadable = (): Promise<never> =>
	Promise.reject(new Error('an answer of several commits is only kept when it is finished'))

/** The answer this key had before, or null. Throws idempotency_key_reused for another body. */
export async function keptAnswer(deps: AnswerDeps, request: IdempotentRequest): Promise<Answer | null> {
	return (await findKey(deps.db, request)) ? answerOfOther(deps, request, unreadable) : null
}

/**
 * Keeps the answer of work that took several commits, each of which is safe to repeat: the key is only written now,
 * finished. When another request was quicker, theirs is the answer.
 */
export async function keepAnswer(
	deps: AnswerDeps,
	request: IdempotentRequest,
	{ resourceId, ...answer }: { resourceId: string; status: number; body: string },
): Promise<Answer> {
	const isOurs = await inTransaction(deps.db, async (tx) =>
		(await claimKeys(tx, [{ ...request, resourceId, answer }])).has(resourceId),
	)
	return isOurs ? { ...answer, replayed: false } : answerOfOther(deps, request, unreadable)
}
