import { findPerson } from '#db/queries/people.ts'
import type { LetterWriter } from './letter-writer.server.ts'

const IF_NOT_YOU =
	'If this was not you, somebody else is in your account: choose a new password now, and tell the owner of your team.'

/** What happened to the ways somebody signs in. It says nothing a stranger at the mailbox could use. */
const told =
	(subject: string, what: string, ...more: readonly string[]): LetterWriter =>
	async ({ db, env }, userId) => {
		const person = await findPerson(db, userId)
		if (!person) return null
		return {
			to: person.email,
			subject,
			paragraphs: [`Hello ${person.name}, ${what}`, ...more, IF_NOT_YOU],
			action: { label: 'Choose a new password', url: `${env.http.baseUrl}/forgot-password` },
		}
	}

const ELSEWHERE = 'Your other devices were signed out.'

export const totpAdded = told(
	'An authenticator app was set up',
	'signing in to your account asks for a code of an authenticator app from now on.',
	ELSEWHERE,
)
export const totpRemoved = told(
	'Your authenticator app was removed',
	'signing in to your account does not ask for a code of your authenticator app any more.',
	ELSEWHERE,
)
export const passkeyAdded = told(
	'A passkey was added',
	'a new passkey can sign in to your account from now on.',
	ELSEWHERE,
)
export const passkeyRemoved = told(
	'A passkey was removed',
	'a passkey of your account was removed and opens nothing any more.',
	ELSEWHERE,
)
export const backupCodesRenewed = told(
	'Your backup codes were replaced',
	'new backup codes were made for your account. The old ones do not work any more.',
)
export const backupCodeUsed = told(
	'A backup code was used',
	'one of your backup codes was used to show that it is you. It does not work any more.',
)
export const factorsReset = told(
	'Your second step was reset',
	'the owner of your team took your second step away, so that you can sign in and set up a new one.',
	'You were signed out everywhere. Until you set one up, the password alone opens your account.',
)
export const googleLinked = told(
	'A Google account was linked',
	'a Google account can sign in to your account from now on.',
	ELSEWHERE,
)
export const googleUnlinked = told(
	'Your Google account was unlinked',
	'Google does not sign in to your account any more.',
	ELSEWHERE,
)
