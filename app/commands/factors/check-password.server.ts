import { findPasswordHash } from '#db/queries/session-checks.ts'
import type { Proof } from '../../domain/access/second-factor.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { FactorDeps } from './factor-deps.server.ts'

const LONGEST_PASSWORD = 512

/** The password of somebody who is logged in already, asked once more. */
export async function checkPassword(
	deps: Pick<FactorDeps, 'db' | 'factorTries' | 'isPassword'>,
	{ userId, password }: { userId: string; password: string },
): Promise<Proof> {
	await deps.factorTries.count(userId)
	const hash = await findPasswordHash(deps.db, userId)
	const isRight =
		hash !== null && password.length <= LONGEST_PASSWORD && (await deps.isPassword(password, hash))
	if (!isRight) {
		throw new DomainError('invalid', 'password_wrong', 'The password is not right.', { param: 'password' })
	}
	await deps.factorTries.clear(userId)
	return 'password'
}
