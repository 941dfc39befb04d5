import { findPerson } from '#db/queries/people.ts'
import { linkTo, type LetterWriter } from './letter-writer.server.ts'
import { mintMailToken } from './mail-token.server.ts'

export const RESET_HOURS = 1

export const resetPassword: LetterWriter = async (deps, userId) => {
	const person = await findPerson(deps.db, userId)
	if (!person) return null
	const { email, name } = person
	const purpose = { kind: 'reset_password', subjectId: userId, email, hours: RESET_HOURS }
	const token = await mintMailToken(deps, purpose)
	return {
		to: email,
		subject: 'Choose a new password',
		paragraphs: [
			`Hello ${name}, somebody asked for a new password for your account.`,
			`The link works once, for ${RESET_HOURS} hour. Choosing a new password signs you out everywhere.`,
			'If this was not you, do nothing: your password stays as it is.',
		],
		action: { label: 'Choose a new password', url: linkTo(deps, '/reset-password', token) },
	}
}

export const passwordChanged: LetterWriter = async (deps, userId) => {
	const person = await findPerson(deps.db, userId)
	if (!person) return null
	return {
		to: person.email,
		subject: 'Your password was changed',
		paragraphs: [
			`Hello ${person.name}, the password of your account was changed. Your other devices were signed out.`,
			'If this was not you, choose a new password now, and tell the owner of your team.',
		],
		action: { label: 'Choose a new password', url: `${deps.env.http.baseUrl}/forgot-password` },
	}
}
