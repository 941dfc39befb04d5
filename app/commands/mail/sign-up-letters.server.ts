import { findPerson } from '#db/queries/people.ts'
import { findSignUp } from '#db/queries/sign-ups.ts'
import { linkTo, type LetterWriter } from './letter-writer.server.ts'
import { mintMailToken } from './mail-token.server.ts'
import { RESET_HOURS } from './reset-letter.server.ts'

/** As long as the sign-up itself is kept. */
export const SIGN_UP_HOURS = 24

export const verifyEmail: LetterWriter = async (deps, signUpId) => {
	const signUp = await findSignUp(deps.db, signUpId)
	if (!signUp) return null
	const { email, name } = signUp
	const purpose = { kind: 'verify_email', subjectId: signUpId, email, hours: SIGN_UP_HOURS }
	const token = await mintMailToken(deps, purpose)
	return {
		to: email,
		subject: 'Confirm your e-mail address',
		paragraphs: [
			`Hello ${name}, somebody signed up for Tillhouse with this address. Your account is made when you confirm it.`,
			`The link works once, for ${SIGN_UP_HOURS} hours.`,
			'If this was not you, do nothing: no account is made.',
		],
		action: { label: 'Confirm this address', url: linkTo(deps, '/verify-email', token) },
	}
}

/** Says in the mailbox what the sign-up page must not say to whoever asks. */
export const alreadyRegistered: LetterWriter = async (deps, userId) => {
	const person = await findPerson(deps.db, userId)
	if (!person) return null
	const { email } = person
	const purpose = { kind: 'reset_password', subjectId: userId, email, hours: RESET_HOURS }
	const token = await mintMailToken(deps, purpose)
	return {
		to: email,
		subject: 'You already have an account',
		paragraphs: [
			'Somebody signed up for Tillhouse with this address, but you have an account already. Nothing was changed. If you do not know your password any more, choose a new one.',
			`Sign in at ${deps.env.http.baseUrl}/login`,
			'If this was not you, do nothing: your account and your password stay as they are.',
		],
		action: { label: 'Choose a new password', url: linkTo(deps, '/reset-password', token) },
	}
}
