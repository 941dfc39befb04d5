import { findEmailChange } from '#db/queries/email-changes.ts'
import { linkTo, type LetterWriter } from './letter-writer.server.ts'
import { mintMailToken } from './mail-token.server.ts'

const CHANGE_HOURS = 24

export const changeEmail: LetterWriter = async (deps, changeId) => {
	const change = await findEmailChange(deps.db, changeId)
	if (!change) return null
	const email = change.to_email
	const purpose = { kind: 'change_email', subjectId: changeId, email, hours: CHANGE_HOURS }
	const token = await mintMailToken(deps, purpose)
	return {
		to: email,
		subject: 'Confirm your new e-mail address',
		paragraphs: [
			'Confirm that this is your address, and you sign in with it from then on. Until then your old one stays.',
			`The link works once, for ${CHANGE_HOURS} hours.`,
			'If this was not you, do nothing: nothing is changed.',
		],
		action: { label: 'Confirm this address', url: linkTo(deps, '/verify-email', token) },
	}
}

const toOldAddress =
	(subject: string, first: (to: string) => string): LetterWriter =>
	async (deps, changeId) => {
		const change = await findEmailChange(deps.db, changeId)
		if (!change) return null
		return {
			to: change.from_email,
			subject,
			paragraphs: [
				first(change.to_email),
				'If this was not you, somebody else is in your account: choose a new password now, and tell the owner of your team.',
			],
			action: { label: 'Choose a new password', url: `${deps.env.http.baseUrl}/forgot-password` },
		}
	}

export const emailChangeAsked = toOldAddress(
	'Your e-mail address is about to change',
	(to) =>
		`Somebody who is signed in to your account asked to change its address to ${to}. It changes when that address is confirmed.`,
)

export const emailChanged = toOldAddress(
	'Your e-mail address was changed',
	(to) => `Your account now belongs to ${to}. This address cannot sign in any more.`,
)
