import { createHash } from 'node:crypto'
import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { insertChallenge, listPasskeys, takeChallenge, type ChallengePurpose } from '#db/queries/passkeys.ts'
import type { FactorDeps } from './factor-deps.server.ts'
import { ISSUER } from './totp-place.server.ts'

type Deps = Pick<FactorDeps, 'db' | 'env'>

/** Keys belong to the host, and answers must come from our own pages of it. */
export function relyingParty({ env }: Pick<Deps, 'env'>): { rpID: string; origin: string } {
	const { hostname, origin } = new URL(env.http.baseUrl)
	return { rpID: hostname, origin }
}

const hashOf = (challenge: string): Buffer => createHash('sha256').update(challenge).digest()

/** One answer per challenge: whatever becomes of it, it is used up before it is looked at. */
export const useUpChallenge =
	({ db }: Pick<Deps, 'db'>, { purpose, userId }: { purpose: ChallengePurpose; userId: string | null }) =>
	(challenge: string): Promise<boolean> =>
		takeChallenge(db, { hash: hashOf(challenge), purpose, userId })

export async function offerRegistration(
	deps: Deps,
	{ userId, email, name }: { userId: string; email: string; name: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
	const known = await listPasskeys(deps.db, userId)
	const options = await generateRegistrationOptions({
		rpName: ISSUER,
		rpID: relyingParty(deps).rpID,
		userName: email,
		userDisplayName: name,
		userID: new Uint8Array(Buffer.from(userId)),
		excludeCredentials: known.map(({ credential_id: id, transports }) => ({ id, transports })),
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
	})
	await insertChallenge(deps.db, { hash: hashOf(options.challenge), purpose: 'register', userId })
	return options
}

/** For a log-in nobody is named: the authenticator shows whom it has keys of. */
export async function offerAuthentication(
	deps: Deps,
	{ purpose, userId }: { purpose: Exclude<ChallengePurpose, 'register'>; userId: string | null },
): Promise<PublicKeyCredentialRequestOptionsJSON> {
	const known = userId === null ? [] : await listPasskeys(deps.db, userId)
	const options = await generateAuthenticationOptions({
		rpID: relyingParty(deps).rpID,
		userVerification: 'required',
		allowCredentials: known.map(({ credential_id: id, transports }) => ({ id, transports })),
	})
	await insertChallenge(deps.db, { hash: hashOf(options.challenge), purpose, userId })
	return options
}
