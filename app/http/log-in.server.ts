import type { Kysely } from 'kysely'
import { Authenticator } from 'remix-auth'
import { FormStrategy } from 'remix-auth-form'
import { inTransaction } from '#db/client.ts'
import { findFactors } from '#db/queries/factors.ts'
import { deleteSession, findFirstMembership } from '#db/queries/identity.ts'
import type { DB } from '#db/schema.ts'
import type { Proof } from '../domain/access/second-factor.ts'
import { checkCredentials } from './check-credentials.server.ts'
import { deviceOf } from './device.server.ts'
import { formRefusal } from './form-refusal.server.ts'
import { earlierSession, openSession, type Person } from './open-session.server.ts'
import { beginSecondStep } from './pending-log-in.server.ts'
import { safeNext } from './safe-next.server.ts'
import { hashOfToken, sessionCookie, sessionTokenOf } from './session-cookie.server.ts'

type Services = {
	acrossMerchants: { db: Kysely<DB> } & Parameters<typeof checkCredentials>[0]
	env: { session: { secureCookies: boolean } }
}
type Context = { services: Services; clientIp: string }

const authenticatorFor = ({ services, clientIp }: Context): Authenticator<Person> =>
	new Authenticator<Person>().use(
		new FormStrategy<Person>(({ form }) =>
			checkCredentials(services.acrossMerchants, {
				email: String(form.get('email') ?? '').trim(),
				password: String(form.get('password') ?? ''),
				clientIp,
			}),
		),
		'form',
	)

export type LogInResult =
	| { ok: true; headers: Headers; next: string }
	| { ok: false; message: string; email: string; init: ResponseInit }

/** Who has a second factor is asked for it first; until then there is no session. */
export async function openOrAskMore(
	request: Request,
	services: Pick<Services, 'acrossMerchants' | 'env'>,
	person: Person,
	next: string,
	proof: Proof = 'password',
): Promise<{ headers: Headers; next: string }> {
	const factors = await findFactors(services.acrossMerchants.db, person.userId)
	if (factors.has_totp || factors.passkeys > 0) {
		const headers = await beginSecondStep(services, person)
		return { headers, next: `/login/verify?next=${encodeURIComponent(next)}` }
	}
	const earlier = await earlierSession(request, services.env)
	const token = await inTransaction(services.acrossMerchants.db, (tx) =>
		openSession(tx, person, proof, earlier),
	)
	return { headers: new Headers({ 'set-cookie': await sessionCookie(services.env).serialize(token) }), next }
}

/** Checks the form and opens a session with a new token; the session the browser had, if any, is over. */
export async function logIn(request: Request, context: Context): Promise<LogInResult> {
	const { services } = context
	const form = await request.clone().formData()
	try {
		const person = await authenticatorFor(context).authenticate('form', request)
		const next = safeNext(String(form.get('next') ?? ''))
		return {
			ok: true,
			...(await openOrAskMore(
				request,
				services,
				{ ...person, device: deviceOf(request, context.clientIp) },
				next,
			)),
		}
	} catch (error) {
		const { refusal, init } = formRefusal(error)
		return { ok: false, message: refusal.message, email: String(form.get('email') ?? ''), init }
	}
}

/** For whoever has proven themselves with both factors at once. Null without a team. */
export async function logInAs(
	request: Request,
	{ services, clientIp }: Context,
	userId: string,
	proof: Proof,
): Promise<Headers | null> {
	const merchantId = await findFirstMembership(services.acrossMerchants.db, userId)
	if (merchantId === null) return null
	const earlier = await earlierSession(request, services.env)
	const person = { userId, merchantId, device: deviceOf(request, clientIp) }
	const token = await inTransaction(services.acrossMerchants.db, (tx) =>
		openSession(tx, person, proof, earlier),
	)
	return new Headers({ 'set-cookie': await sessionCookie(services.env).serialize(token) })
}

/** Ends the session on the server as well as in the browser. */
export async function logOut(request: Request, { services }: Pick<Context, 'services'>): Promise<Headers> {
	const token = await sessionTokenOf(request, services.env)
	if (token !== null) await deleteSession(services.acrossMerchants.db, hashOfToken(token))
	return forgetHere(services.env)
}

/**
 * For the browser of a session that is over. Cookies are not wiped with the rest: sites beside ours under the same
 * domain would lose theirs.
 */
export async function forgetHere(env: Services['env']): Promise<Headers> {
	return new Headers({
		'set-cookie': await sessionCookie(env).serialize('', { maxAge: 0 }),
		'clear-site-data': '"cache", "storage"',
	})
}
