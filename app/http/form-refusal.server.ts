import { z } from 'zod'
import { isDomainError } from '../domain/errors/domain-error.ts'
import { RETRY_AFTER_SECONDS, statusOf } from './problem.server.ts'

/** What a form shows when its request was refused: a sentence, and the field it is about. */
export type FormRefusal = { ok: false; message: string; field: string | null }

/** For errors a person can do something about; any other is thrown on. */
export function formRefusal(error: unknown): { refusal: FormRefusal; init: ResponseInit } {
	if (error instanceof z.ZodError) {
		const issue = error.issues[0]
		const field = issue?.path[0] === undefined ? null : String(issue.path[0])
		const message = `This ${issue?.message ?? 'is not valid'}.`
		return { refusal: { ok: false, message, field }, init: { status: 400 } }
	}
	if (!isDomainError(error)) throw error
	// A page's 401 would have to name a header that its reader should send instead.
	const status = error.kind === 'unauthenticated' ? 400 : statusOf(error)
	const wait = error.retryAfterSeconds ?? (status === 503 ? RETRY_AFTER_SECONDS : null)
	const headers: HeadersInit = wait === null ? {} : { 'retry-after': String(wait) }
	return {
		refusal: { ok: false, message: error.message, field: error.param ?? null },
		init: { status, headers },
	}
}
