import { inTransaction, type Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import {
	closeInvitation,
	lockInvitation,
	renewInvitation,
	type InvitationRow,
} from '#db/queries/invitations.ts'
import { voidMailTokens } from '#db/queries/mail-tokens.ts'
import { lockTeam } from '#db/queries/team.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import { INVITATION_DAYS, invitationState } from '../../domain/access/invitation-state.ts'
import { requireToGive } from '../../domain/access/judge-team.ts'
import { memberRole } from '../../domain/access/member-role.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText } from '../../domain/payments/cause.ts'
import { requireMailService, type InviteDeps } from './invite.server.ts'
import type { TeamDeps, TeamManager } from './team-manager.server.ts'

/** A mailbox is not filled by pressing a button. */
const SECONDS_BETWEEN = 60

/** An invitation of this merchant that nobody has accepted or revoked, locked. */
async function takeInvitation(tx: Tx, { merchantId }: TeamManager, id: string): Promise<InvitationRow> {
	await lockTeam(tx, merchantId)
	const found = await lockInvitation(tx, id)
	if (found?.merchant_id !== merchantId) {
		throw new DomainError('not_found', 'invitation_not_found', `There is no invitation ${id}.`, {
			param: 'id',
		})
	}
	const state = invitationState(found)
	if (state === 'open' || state === 'expired') return found
	throw new DomainError('conflict', 'invitation_closed', `This invitation is ${state} already.`)
}

const audit = (tx: Tx, { merchantId, actor }: TeamManager, id: string, action: string) =>
	appendAudit(tx, [{ merchant_id: merchantId, actor: causeText(actor), action, subject_id: id, payload: {} }])

/** Counts seven days anew, under the name of whoever sends it again. */
export async function resendInvitation(deps: InviteDeps, by: TeamManager, id: string): Promise<void> {
	requireMailService(deps)
	await inTransaction(deps.db, async (tx) => {
		const found = await takeInvitation(tx, by, id)
		requireToGive(by.grant, memberRole(found.role, found.own_role).grant)
		const waitSeconds =
			SECONDS_BETWEEN - Math.floor((found.read_at.getTime() - found.sent_at.getTime()) / 1000)
		if (waitSeconds > 0) {
			const message = `It was sent less than a minute ago. Try again in ${waitSeconds} seconds.`
			throw new DomainError('conflict', 'sent_just_now', message)
		}
		await renewInvitation(tx, { id, invitedBy: causeText(by.actor), days: INVITATION_DAYS })
		await deps.enqueue(tx, sendMail, [{ kind: 'invitation', subject_id: id }])
		await audit(tx, by, id, 'invitation.resent')
	})
	deps.committed([sendMail.name])
}

/** Its links stop working in the same commit. */
export async function revokeInvitation({ db }: TeamDeps, by: TeamManager, id: string): Promise<void> {
	await inTransaction(db, async (tx) => {
		await takeInvitation(tx, by, id)
		await closeInvitation(tx, id, null)
		await voidMailTokens(tx, 'invitation', id)
		await audit(tx, by, id, 'invitation.revoked')
	})
}
