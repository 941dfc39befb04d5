import { inTransaction, type Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { countOwners, deleteMembership, findMembership, lockTeam } from '#db/queries/team.ts'
import type { Grant } from '../../domain/access/grant.ts'
import { requireAbove, requireOwnerLeft } from '../../domain/access/judge-team.ts'
import { memberRole } from '../../domain/access/member-role.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { memberNotFound, type TeamDeps, type TeamManager } from './team-manager.server.ts'

type Leaving = { merchantId: string; userId: string; actor: Cause; action: 'member.removed' | 'member.left' }

async function endMembership(
	tx: Tx,
	{ merchantId, userId, actor, action }: Leaving,
	judge: (theirs: Grant) => void,
): Promise<void> {
	await lockTeam(tx, merchantId)
	const member = await findMembership(tx, { merchantId, userId })
	if (!member) throw memberNotFound(userId)
	const { title, grant } = memberRole(member.role, member.own_role)
	judge(grant)
	requireOwnerLeft(await countOwners(tx, merchantId), grant.isOwner)
	await deleteMembership(tx, { merchantId, userId })
	await appendAudit(tx, [
		{
			merchant_id: merchantId,
			actor: causeText(actor),
			action,
			subject_id: userId,
			payload: {},
			before: { role: member.role, title },
		},
	])
}

/** Ends a person's membership and, in the same commit, their sessions for this merchant. */
export const removeMember = (
	{ db }: TeamDeps,
	{ merchantId, actor, grant }: TeamManager,
	userId: string,
): Promise<void> =>
	inTransaction(db, (tx) =>
		endMembership(tx, { merchantId, userId, actor, action: 'member.removed' }, (theirs) =>
			requireAbove(grant, theirs),
		),
	)

/** Everybody may go, but for the last owner. */
export const leaveTeam = (
	{ db }: TeamDeps,
	{ merchantId, userId }: { merchantId: string; userId: string },
): Promise<void> =>
	inTransaction(db, (tx) =>
		endMembership(
			tx,
			{ merchantId, userId, actor: { kind: 'console', ref: userId }, action: 'member.left' },
			() => undefined,
		),
	)
