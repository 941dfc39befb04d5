import type { Kysely } from 'kysely'
import { findInvitationByToken } from '#db/queries/invitations.ts'
import { findPersonByEmail } from '#db/queries/people.ts'
import type { DB } from '#db/schema.ts'
import type { InvitationPageView } from '../contracts/team.ts'
import { invitationState, isSameAddress } from '../domain/access/invitation-state.ts'
import { memberRole } from '../domain/access/member-role.ts'

/** Null for a link that is none of ours. */
export async function presentInvitation(
	{ db }: { db: Kysely<DB> },
	{ tokenHash, signedInAs }: { tokenHash: Buffer; signedInAs: string | null },
): Promise<InvitationPageView | null> {
	const found = await findInvitationByToken(db, tokenHash)
	if (!found) return null
	const { email } = found
	return {
		merchant: found.merchant_name,
		inviter: found.inviter_name,
		role: memberRole(found.role, found.own_role).title,
		email,
		state: invitationState(found),
		hasAccount: (await findPersonByEmail(db, email)) !== undefined,
		signedInAs,
		isForThem: signedInAs === null || isSameAddress(signedInAs, email),
	}
}
