import type { Kysely } from 'kysely'
import { findLogin } from '#db/queries/identity.ts'
import { renewPasswordHash } from '#db/queries/people.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { LONGEST_PASSWORD } from '../domain/people/judge-password.ts'
import { hashPassword, isOutdated } from '../passwords/argon2.server.ts'
import { noteRefusal, type NotingDeps } from './note-refusal.server.ts'

type Deps = NotingDeps & {
	db: Kysely<DB>
	isPassword: (password: string, phc: string) => Promise<boolean>
	peopleLimits: {
		countLogIn(email: string, clientIp: string): Promise<void>
		forgiveLogIn(email: string, clientIp: string): Promise<void>
	}
}

/** Verified against when the address is unknown, or has no password, so that the answer takes as long as for a known one. */
const NOBODY =
	'$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

const wrong = () =>
	new DomainError(
		'unauthenticated',
		'credentials_wrong',
		'The e-mail address or the password is not right. If you have just signed up, open the link in our mail first.',
	)

/** Who this is, by what only they know. Throws one error for whatever is wrong, and 429 for whoever tries on and on. */
export async function checkCredentials(
	deps: Deps,
	{ email, password, clientIp }: { email: string; password: string; clientIp: string },
): Promise<{ userId: string; merchantId: string }> {
	const refusal = (error: unknown, userId: string | null = null) => {
		noteRefusal(deps, { kind: 'password', clientIp, userId }, error)
		return error
	}
	await deps.peopleLimits.countLogIn(email, clientIp).catch((error: unknown) => {
		throw refusal(error)
	})
	const login = password.length <= LONGEST_PASSWORD ? await findLogin(deps.db, email) : undefined
	const phc = login?.password_hash ?? NOBODY
	const matches = await deps.isPassword(password.slice(0, LONGEST_PASSWORD), phc)
	if (!login || login.password_hash === null || !matches) throw refusal(wrong(), login?.user_id)
	await deps.peopleLimits.forgiveLogIn(email, clientIp)
	if (isOutdated(phc)) {
		const renewed = await hashPassword(password)
		await renewPasswordHash(deps.db, { userId: login.user_id, from: phc, to: renewed })
	}
	return { userId: login.user_id, merchantId: login.merchant_id }
}
