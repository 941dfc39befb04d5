import { verifyAuthenticationResponse, type AuthenticationResponseJSON } from '@simplewebauthn/server'
import { findPasskey, usePasskey, type ChallengePurpose, type PasskeyRow } from '#db/queries/passkeys.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { FactorDeps } from './factor-deps.server.ts'
import { relyingParty, useUpChallenge } from './passkey-ceremony.server.ts'

type Deps = Pick<FactorDeps, 'db' | 'env'>

type Input = {
	response: AuthenticationResponseJSON
	purpose: Exclude<ChallengePurpose, 'register'>
	/** Null for a log-in: the key says who it is. */
	userId: string | null
}

const refused = () =>
	new DomainError(
		'invalid',
		'passkey_refused',
		'This passkey was not accepted. Try again, or use another way.',
	)

async function verified(deps: Deps, { response, purpose, userId }: Input, passkey: PasskeyRow) {
	const { rpID, origin } = relyingParty(deps)
	const result = await verifyAuthenticationResponse({
		response,
		expectedChallenge: useUpChallenge(deps, { purpose, userId }),
		expectedOrigin: origin,
		expectedRPID: rpID,
		requireUserVerification: true,
		credential: {
			id: passkey.credential_id,
			publicKey: new Uint8Array(passkey.public_key),
			counter: Number.parseInt(passkey.counter.toString(), 10),
		},
	}).catch(() => null)
	return result?.verified ? result.authenticationInfo : null
}

/** Whose key signed. Throws for an unknown key, another person's, a used challenge, another site's page, a copied key. */
export async function checkPasskey(deps: Deps, input: Input): Promise<string> {
	const passkey = await findPasskey(deps.db, input.response.id)
	if (!passkey || (input.userId !== null && passkey.user_id !== input.userId)) throw refused()
	const proven = await verified(deps, input, passkey)
	if (!proven) throw refused()
	const used = await usePasskey(deps.db, {
		id: passkey.id,
		from: passkey.counter,
		to: BigInt(proven.newCounter),
		backedUp: proven.credentialBackedUp,
	})
	if (!used) throw refused()
	return passkey.user_id
}
