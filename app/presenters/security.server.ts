import type { Kysely } from 'kysely'
import { findFactors } from '#db/queries/factors.ts'
import { findLinkedIdentity } from '#db/queries/identities.ts'
import { listPasskeys } from '#db/queries/passkeys.ts'
import type { PendingIdentity } from '#db/queries/pending-identities.ts'
import type { DB } from '#db/schema.ts'
import type { SecurityView } from '../contracts/factors.ts'

type Deps = { db: Kysely<DB>; google: unknown }

export async function presentSecurity(
	{ db, google }: Deps,
	{ userId, withheld }: { userId: string; withheld: ReadonlySet<string> },
	pending: PendingIdentity | undefined,
): Promise<SecurityView> {
	const [factors, passkeys, linked] = await Promise.all([
		findFactors(db, userId),
		listPasskeys(db, userId),
		findLinkedIdentity(db, { userId, provider: 'google' }),
	])
	return {
		required: withheld.size > 0,
		hasTotp: factors.has_totp,
		backupCodesLeft: factors.backup_codes_left,
		passkeys: passkeys.map(({ id, name, created_at, last_used_at }) => ({
			id,
			name,
			addedAt: created_at.getTime(),
			usedAt: last_used_at?.getTime() ?? null,
		})),
		google: {
			isOffered: google !== null,
			linked: linked
				? {
						email: linked.email,
						since: linked.created_at.getTime(),
						usedAt: linked.last_used_at?.getTime() ?? null,
					}
				: null,
			pending: pending?.user_id === userId ? pending.email : null,
		},
	}
}
