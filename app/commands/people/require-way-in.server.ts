import type { Tx } from '#db/client.ts'
import { lockWaysIn } from '#db/queries/identities.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'

/** Step, after a way to sign in was taken away: throws when it was the last one. */
export async function requireWayIn(tx: Tx, userId: string): Promise<void> {
	const { password, passkeys, identities } = await lockWaysIn(tx, userId)
	if (password || passkeys > 0 || identities > 0) return
	throw new DomainError(
		'conflict',
		'last_way_in',
		'You could not sign in any more without it. Choose a password first, by “Forgot your password?” on the sign-in page.',
	)
}
