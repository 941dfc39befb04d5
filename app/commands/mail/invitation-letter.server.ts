import { findInvitation } from '#db/queries/invitations.ts'
import { INVITATION_DAYS, invitationState } from '../../domain/access/invitation-state.ts'
import { memberRole } from '../../domain/access/member-role.ts'
import { linkTo, type LetterWriter } from './letter-writer.server.ts'
import { mintMailToken } from './mail-token.server.ts'

export const invitation: LetterWriter = async (deps, invitationId) => {
	const found = await findInvitation(deps.db, invitationId)
	if (!found || invitationState(found) !== 'open') return null
	const { email, merchant_name: merchant, inviter_name: inviter } = found
	const { title } = memberRole(found.role, found.own_role)
	const purpose = { kind: 'invitation', subjectId: invitationId, email, hours: INVITATION_DAYS * 24 }
	const token = await mintMailToken(deps, purpose)
	return {
		to: email,
		subject: `Join ${merchant} on Tillhouse`,
		paragraphs: [
			`${inviter ?? merchant} invites you to join the team of ${merchant}. Your role would be: ${title}.`,
			`The link works for ${INVITATION_DAYS} days, and only for this address.`,
			'If you do not know them, do nothing: without you nothing happens.',
		],
		action: { label: 'See the invitation', url: linkTo(deps, '/invitation', token) },
	}
}
