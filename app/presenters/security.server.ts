import type { Kysely } from 'kysely'
import { findFactors } from '#db/queries/factors.ts'
import { listPasskeys } from '#db/queries/passkeys.ts'
import type { DB } from '#db/schema.ts'
import type { SecurityView } from '../contracts/factors.ts'

type Deps = { db: Kysely<DB> }

export async function presentSecurity(
	{ db }: Deps,
	{ userId, withheld }: { userId: string; withheld: ReadonlySet<string> },
): Promise<SecurityView> {
	const [factors, passkeys] = await Promise.all([findFactors(db, userId), listPasskeys(db, userId)])
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
	}
}
