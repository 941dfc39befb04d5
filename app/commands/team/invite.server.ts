import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { countOpenInvitations, findOpenInvitation, insertInvitation } from '#db/queries/invitations.ts'
import { isMemberAddress, lockTeam } from '#db/queries/team.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import { INVITATION_DAYS } from '../../domain/access/invitation-state.ts'
import { requireToGive } from '../../domain/access/judge-team.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { causeText } from '../../domain/payments/cause.ts'
import { roleOf, type TeamDeps, type TeamManager } from './team-manager.server.ts'

export type InviteDeps = TeamDeps & {
	enqueue: Enqueue
	committed: (queues: readonly string[]) => void
	postMail: unknown
}

/** More waiting at once is nobody's team, and our mail server's good name. */
const MOST_OPEN = 50

const conflict = (code: string, message: string) =>
	new DomainError('conflict', code, message, { param: 'email' })

/** Nobody could hear of it. */
export function requireMailService({ postMail }: Pick<InviteDeps, 'postMail'>): void {
	if (postMail) return
	const message = 'This house cannot send e-mail yet. Whoever runs it must set SMTP_URL first.'
	throw new DomainError('unavailable', 'mail_not_set_up', message)
}

/** The link is made when the mail is written: neither we nor the queue keep it. */
export async function invite(
	deps: InviteDeps,
	{ merchantId, actor, grant }: TeamManager,
	{ email, role }: { email: string; role: string },
): Promise<string> {
	requireMailService(deps)
	const id = newId('inv')
	await inTransaction(deps.db, async (tx) => {
		await lockTeam(tx, merchantId)
		const { title, grant: given } = await roleOf(tx, merchantId, role)
		requireToGive(grant, given)
		if (await isMemberAddress(tx, { merchantId, email })) {
			throw conflict('already_member', 'This person is on your team already.')
		}
		if (await findOpenInvitation(tx, { merchantId, email })) {
			throw conflict(
				'already_invited',
				'This address is invited already. Send that invitation again instead.',
			)
		}
		if ((await countOpenInvitations(tx, merchantId)) >= MOST_OPEN) {
			throw conflict(
				'too_many_invitations',
				`At most ${MOST_OPEN} invitations can be open. Revoke some first.`,
			)
		}
		const by = causeText(actor)
		await insertInvitation(tx, { id, merchantId, email, role, invitedBy: by, days: INVITATION_DAYS })
		await deps.enqueue(tx, sendMail, [{ kind: 'invitation', subject_id: id }])
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: by,
				action: 'invitation.sent',
				subject_id: id,
				payload: {},
				after: { email, role, title },
			},
		])
	})
	deps.committed([sendMail.name])
	return id
}
