/** How long a proof of who one is counts for what needs a fresh one. */
export const FRESH_MINUTES = 10
/** How long somebody may look for their phone after the password was right. */
export const PENDING_MINUTES = 10
/** Then the password is asked again. */
export const MOST_WRONG_TRIES = 5
export const BACKUP_CODE_COUNT = 10
/** An authenticator app makes a new code this often. */
export const TOTP_SECONDS = 30
/** Clocks differ: the code before and the code after count as well. */
export const TOTP_DRIFT_STEPS = 1

/** Without I, L, O and U: what is read from paper has one meaning. */
export const BACKUP_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 55 bits; hashed as a password is. The digit in front says which of the ten it is. */
export const BACKUP_LETTERS = 11

export type TypedCode =
	| { kind: 'totp'; code: string }
	| { kind: 'backup_code'; position: number; code: string }
	| { kind: 'neither' }

/** What somebody typed, spaces and dashes aside. */
export function readCode(typed: string): TypedCode {
	const code = typed.slice(0, 64).replaceAll(/[\s-]/g, '').toUpperCase()
	if (/^\d{6}$/.test(code)) return { kind: 'totp', code }
	const plain = code.replaceAll('O', '0').replaceAll(/[IL]/g, '1')
	if (!/^\d[0-9A-HJKMNP-TV-Z]{11}$/.test(plain)) return { kind: 'neither' }
	return { kind: 'backup_code', position: Number.parseInt(plain.charAt(0), 10), code: plain }
}

/** As it is shown: `4K7F-3M9Q-XB2C`. */
export const groupedCode = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1-')

/** Ways to prove who one is. */
export type Proof = 'totp' | 'backup_code' | 'passkey' | 'password' | 'google'
