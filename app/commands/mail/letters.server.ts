import type { MailKind } from '../../contracts/mail.ts'
import {
	backupCodesRenewed,
	backupCodeUsed,
	factorsReset,
	googleLinked,
	googleUnlinked,
	passkeyAdded,
	passkeyRemoved,
	totpAdded,
	totpRemoved,
} from './account-letters.server.ts'
import { changeEmail, emailChangeAsked, emailChanged } from './email-change-letters.server.ts'
import { invitation } from './invitation-letter.server.ts'
import type { LetterWriter } from './letter-writer.server.ts'
import { passwordChanged, resetPassword } from './reset-letter.server.ts'
import { alreadyRegistered, verifyEmail } from './sign-up-letters.server.ts'

/** Who writes which mail. A new kind is a line in app/contracts/mail.ts and one here. */
export const letters: Record<MailKind, LetterWriter> = {
	verify_email: verifyEmail,
	already_registered: alreadyRegistered,
	reset_password: resetPassword,
	password_changed: passwordChanged,
	change_email: changeEmail,
	email_change_asked: emailChangeAsked,
	email_changed: emailChanged,
	invitation,
	totp_added: totpAdded,
	totp_removed: totpRemoved,
	passkey_added: passkeyAdded,
	passkey_removed: passkeyRemoved,
	backup_codes_renewed: backupCodesRenewed,
	backup_code_used: backupCodeUsed,
	factors_reset: factorsReset,
	google_linked: googleLinked,
	google_unlinked: googleUnlinked,
}
