import type { Kysely } from 'kysely'
import { findFactors } from '#db/queries/factors.ts'
import { findIdentity } from '#db/queries/identities.ts'
import { listPasskeys } from '#db/queries/passkeys.ts'
import type { DB } from '#db/schema.ts'
import type { SecurityView } from '../contracts/factors.ts'

type Deps = { db: Kysely<DB>; env: { google: { issuer: string; isSandbox: boolean } | null } }

export async function presentSecurity(
	{ db, env }: Deps,
	{ userId, withheld }: { userId: string; withheld: ReadonlySet<string> },
): Promise<SecurityView> {
	const { google } = env
	const [factors, passkeys, linked] = await Promise.all([
		findFactors(db, userId),
		listPasskeys(db, userId),
		google && findIdentity(db, { userId, issuer: google.issuer }),
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
		google: google && { isSandbox: google.isSandbox, linkedAs: linked?.email ?? null },
	}
}
