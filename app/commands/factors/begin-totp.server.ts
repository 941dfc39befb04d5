import { Secret } from 'otpauth'
import QRCode from 'qrcode'
import { inTransaction } from '#db/client.ts'
import { insertTotp } from '#db/queries/factors.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import type { FactorDeps } from './factor-deps.server.ts'
import { totpOf, totpPlace, totpSubject } from './totp-place.server.ts'

const SECRET_BYTES = 20

export type TotpOffer = {
	/** For whoever cannot scan. */
	secret: string
	/** An image of our own making, drawn here so that no other server learns the secret. */
	qr: string
}

/** A secret that counts for nothing until a first code of it was right. Asking again gives another. */
export async function beginTotp(
	deps: Pick<FactorDeps, 'db' | 'vault'>,
	{ userId, email }: { userId: string; email: string },
): Promise<TotpOffer> {
	const secret = new Secret({ size: SECRET_BYTES }).base32
	const id = newId('tot')
	const made = await inTransaction(deps.db, async (tx) => {
		const sealed = await deps.vault.seal(tx, totpSubject(userId), totpPlace(id), secret)
		return insertTotp(tx, { id, userId, secret: sealed })
	})
	if (!made) {
		throw new DomainError(
			'conflict',
			'totp_exists',
			'An authenticator app is set up already. Remove it first.',
		)
	}
	const qr = await QRCode.toString(totpOf(secret, email).toString(), { type: 'svg', margin: 2 })
	return { secret, qr: `data:image/svg+xml;base64,${Buffer.from(qr).toString('base64')}` }
}
