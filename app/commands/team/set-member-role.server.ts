import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { countOwners, findMembership, lockTeam, setMembershipRole } from '#db/queries/team.ts'
import { requireAbove, requireOwnerLeft, requireToGive } from '../../domain/access/judge-team.ts'
import { memberRole } from '../../domain/access/member-role.ts'
import { causeText } from '../../domain/payments/cause.ts'
import { memberNotFound, roleOf, type TeamDeps, type TeamManager } from './team-manager.server.ts'

/** Counts from the person's next request; streams they have open are looked at again within seconds. */
export async function setMemberRole(
	{ db }: TeamDeps,
	{ merchantId, actor, grant }: TeamManager,
	{ userId, role }: { userId: string; role: string },
): Promise<void> {
	await inTransaction(db, async (tx) => {
		await lockTeam(tx, merchantId)
		const member = await findMembership(tx, { merchantId, userId })
		if (!member) throw memberNotFound(userId)
		const before = memberRole(member.role, member.own_role)
		const after = await roleOf(tx, merchantId, role)
		requireAbove(grant, before.grant)
		requireToGive(grant, after.grant)
		if (member.role === role) return
		requireOwnerLeft(await countOwners(tx, merchantId), before.grant.isOwner)
		await setMembershipRole(tx, { merchantId, userId, role })
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: causeText(actor),
				action: 'member.role_changed',
				subject_id: userId,
				payload: {},
				before: { role: member.role, title: before.title },
				after: { role, title: after.title },
			},
		])
	})
}
