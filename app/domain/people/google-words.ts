/** How a sign-in with Google can end, in the words of the page that is shown then. */
export const GOOGLE_WORDS = {
	google_cancelled: 'You did not go on at Google. Nothing was changed.',
	google_expired:
		'This took too long, or was begun in another window. Nothing was changed. Please start again.',
	google_refused: 'What came from Google could not be trusted, so nothing was changed. Please start again.',
	google_away:
		'Google does not answer at the moment. Nothing was changed. Try again soon, or use another way.',
	google_unproven:
		'Google has not confirmed the e-mail address of that account, so it opens nothing here. Confirm it at Google, or make an account with a password.',
	google_taken: 'That Google account opens another account here already. Nothing was changed.',
	google_stranger: 'That is not the Google account that opens your account. Nothing was changed.',
	google_too_often: 'There were too many tries. Wait ten minutes, then start again.',
	google_no_team: 'Your account is on no team any more. Ask the owner of your team to invite you again.',
} as const

export type GoogleEnding = keyof typeof GOOGLE_WORDS

export const googleWords = (note: string | null): string | null =>
	note !== null && Object.hasOwn(GOOGLE_WORDS, note) ? GOOGLE_WORDS[note as GoogleEnding] : null
