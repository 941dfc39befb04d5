import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { Authenticator } from 'remix-auth'
import { FormStrategy } from 'remix-auth-form'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { deleteSession, insertSession } from '#db/queries/identity.ts'
import type { DB } from '#db/schema.ts'
import { checkCredentials } from './check-credentials.server.ts'
import { formRefusal } from './form-refusal.server.ts'
import { safeNext } from './safe-next.server.ts'
import { hashOfToken, sessionCookie, sessionTokenOf } from './session-cookie.server.ts'

type Services = {
	acrossMerchants: { db: Kysely<DB> } & Parameters<typeof checkCredentials>[0]
	env: { session: { secureCookies: boolean } }
}
type Context = { services: Services; clientIp: string }

/** Staff work a shift: after this they log in again. */
const SESSION_HOURS = 12

type Person = { userId: string; merchantId: string }

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

/** Checks the form and opens a session with a new token; the old cookie, if any, is worth nothing for it. */
export async function logIn(request: Request, context: Context): Promise<LogInResult> {
	const { services } = context
	const form = await request.clone().formData()
	try {
		const person = await authenticatorFor(context).authenticate('form', request)
		const token = randomBytes(32).toString('base64url')
		await inTransaction(services.acrossMerchants.db, async (tx) => {
			await insertSession(tx, { ...person, tokenHash: hashOfToken(token), hours: SESSION_HOURS })
			await appendAudit(tx, [
				{
					merchant_id: person.merchantId,
					actor: `console:${person.userId}`,
					action: 'session.opened',
					subject_id: person.userId,
					payload: {},
				},
			])
		})
		const headers = new Headers({ 'set-cookie': await sessionCookie(services.env).serialize(token) })
		return { ok: true, headers, next: safeNext(String(form.get('next') ?? '')) }
	} catch (error) {
		const { refusal, init } = formRefusal(error)
		return { ok: false, message: refusal.message, email: String(form.get('email') ?? ''), init }
	}
}

/** Ends the session on the server as well as in the browser. */
export async function logOut(request: Request, { services }: Pick<Context, 'services'>): Promise<Headers> {
	const token = await sessionTokenOf(request, services.env)
	if (token !== null) await deleteSession(services.acrossMerchants.db, hashOfToken(token))
	return new Headers({ 'set-cookie': await sessionCookie(services.env).serialize('', { maxAge: 0 }) })
}
