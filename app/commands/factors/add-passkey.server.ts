import { verifyRegistrationResponse, type RegistrationResponseJSON } from '@simplewebauthn/server'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { findFactors } from '#db/queries/factors.ts'
import { insertPasskey } from '#db/queries/passkeys.ts'
import { endOtherSessions } from '#db/queries/session-checks.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { MAIL_QUEUE, tellPerson } from '../mail/tell-person.server.ts'
import { keepBackupCodes, mintBackupCodes } from './backup-codes.server.ts'
import { auditRow, type Actor, type FactorDeps } from './factor-deps.server.ts'
import { relyingParty, useUpChallenge } from './passkey-ceremony.server.ts'

type Input = Actor & { name: string; response: RegistrationResponseJSON; session: Buffer }

const refused = () =>
	new DomainError(
		'invalid',
		'passkey_refused',
		'This passkey could not be checked. Nothing was saved; try again.',
	)

async function verified(deps: FactorDeps, { userId, response }: Input) {
	const { rpID, origin } = relyingParty(deps)
	const result = await verifyRegistrationResponse({
		response,
		expectedChallenge: useUpChallenge(deps, { purpose: 'register', userId }),
		expectedOrigin: origin,
		expectedRPID: rpID,
	}).catch(() => null)
	if (!result?.verified) throw refused()
	return result.registrationInfo
}

/** Ends every other session. Gives backup codes with the first factor. */
export async function addPasskey(deps: FactorDeps, input: Input): Promise<string[] | null> {
	const { userId, session } = input
	const name = input.name.trim().slice(0, 60) || 'Passkey'
	const { credential, credentialBackedUp } = await verified(deps, input)
	const { backup_codes_left: left } = await findFactors(deps.db, userId)
	const minted = left === 0 ? await mintBackupCodes(deps) : null
	await inTransaction(deps.db, async (tx) => {
		const isNew = await insertPasskey(tx, {
			id: newId('psk'),
			user_id: userId,
			credential_id: credential.id,
			public_key: Buffer.from(credential.publicKey),
			counter: BigInt(credential.counter),
			transports: credential.transports ?? [],
			backed_up: credentialBackedUp,
			name,
		})
		if (!isNew) throw refused()
		if (minted) await keepBackupCodes(tx, userId, minted)
		await endOtherSessions(tx, { userId, except: session })
		await appendAudit(tx, [auditRow(input, 'factor.added', { factor: 'passkey' })])
		await tellPerson(tx, deps, 'passkey_added', userId)
	})
	deps.committed([MAIL_QUEUE])
	return minted?.codes ?? null
}
