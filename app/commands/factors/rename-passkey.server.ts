import { inTransaction } from '#db/client.ts'
import { renamePasskey } from '#db/queries/passkeys.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { FactorDeps } from './factor-deps.server.ts'

type Input = { userId: string; id: string; name: string }

export async function namePasskey(
	{ db }: Pick<FactorDeps, 'db'>,
	{ userId, id, name }: Input,
): Promise<void> {
	const trimmed = name.trim()
	if (trimmed.length === 0 || trimmed.length > 60) {
		throw new DomainError('invalid', 'name_invalid', 'A name has 1 to 60 letters.', { param: 'name' })
	}
	if (!(await inTransaction(db, (tx) => renamePasskey(tx, { id, userId, name: trimmed })))) {
		throw new DomainError('not_found', 'factor_unknown', 'This passkey is not set up any more.')
	}
}
