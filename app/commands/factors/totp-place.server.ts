import { Secret, TOTP } from 'otpauth'
import { TOTP_DRIFT_STEPS, TOTP_SECONDS } from '../../domain/access/second-factor.ts'
import type { Place, Subject } from '../../vault/vault.server.ts'

export const ISSUER = 'Tillhouse'

export const totpSubject = (userId: string): Subject => ({
	subjectId: userId,
	merchantId: null,
	purpose: 'factors',
})

export const totpPlace = (rowId: string): Place => ({
	table: 'totp_factors',
	column: 'secret',
	rowId,
	merchantId: null,
})

export const totpOf = (secret: string, label = ''): TOTP =>
	// SHA-1 and six digits are what authenticator apps agree on.
	new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), period: TOTP_SECONDS })

/** The step a code is of; null when it is wrong. */
export function stepOf(secret: string, code: string, now: Date): bigint | null {
	const totp = totpOf(secret)
	const timestamp = now.getTime()
	const drift = totp.validate({ token: code, timestamp, window: TOTP_DRIFT_STEPS })
	return drift === null ? null : BigInt(totp.counter({ timestamp }) + drift)
}
