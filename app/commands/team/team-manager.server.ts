import type { Kysely } from 'kysely'
import type { Executor } from '#db/client.ts'
import { findOwnRole } from '#db/queries/roles.ts'
import type { DB } from '#db/schema.ts'
import type { Grant } from '../../domain/access/grant.ts'
import { memberRole, type MemberRole } from '../../domain/access/member-role.ts'
import { isRole } from '../../domain/access/roles.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { Cause } from '../../domain/payments/cause.ts'

export type TeamDeps = { db: Kysely<DB> }

/** Who changes a team, and what they may do themselves. */
export type TeamManager = { merchantId: string; actor: Cause; grant: Grant }

/** A role by its name or id, as this merchant has it. Throws for one that it does not have. */
export async function roleOf(db: Executor, merchantId: string, role: string): Promise<MemberRole> {
	const own = await findOwnRole(db, { merchantId, id: role })
	if (own || isRole(role)) return memberRole(role, own)
	throw new DomainError('invalid', 'role_unknown', 'There is no such role.', { param: 'role' })
}

export const memberNotFound = (id: string): DomainError =>
	new DomainError('not_found', 'member_not_found', `There is no ${id} on this team.`, { param: 'id' })
