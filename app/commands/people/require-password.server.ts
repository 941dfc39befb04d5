import { DomainError } from '../../domain/errors/domain-error.ts'
import { judgePassword } from '../../domain/people/judge-password.ts'

/** Throws what is wrong with a new password; `context` are the words that stand near the account. */
export function requirePassword(password: string, context: readonly string[], param = 'password'): void {
	const refusal = judgePassword(password, context)
	if (refusal) throw new DomainError('invalid', refusal.code, refusal.message, { param })
}
