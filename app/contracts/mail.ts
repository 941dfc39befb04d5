/** What a mail is about. The words of each are in app/commands/mail. */
export const MAIL_KINDS = [
	'verify_email',
	'already_registered',
	'reset_password',
	'password_changed',
	'change_email',
	'email_change_asked',
	'email_changed',
	'invitation',
	'totp_added',
	'totp_removed',
	'passkey_added',
	'passkey_removed',
	'backup_codes_renewed',
	'backup_code_used',
	'factors_reset',
	'google_linked',
	'google_unlinked',
] as const
export type MailKind = (typeof MAIL_KINDS)[number]

/** A mail before it has a layout: plain sentences, and at most one thing to press. */
export type Letter = {
	to: string
	subject: string
	/** In the order they are read; each is one paragraph. */
	paragraphs: readonly string[]
	/** Pressed between the first paragraph and the rest. */
	action?: { label: string; url: string }
}

/** A mail that was kept instead of sent, as /dev/mail shows it. */
export type KeptMailView = {
	id: string
	to: string
	subject: string
	text: string
	/** Unix milliseconds. */
	at: number
}
