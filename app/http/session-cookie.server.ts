import { createHash } from 'node:crypto'
import { createCookie, type Cookie } from '@remix-run/node'

type Env = { session: { secureCookies: boolean } }

/** The `__Host-` prefix needs https; plain http is only for a machine of one's own. */
export const sessionCookie = ({ session }: Env): Cookie =>
	createCookie(session.secureCookies ? '__Host-sid' : 'sid', {
		httpOnly: true,
		sameSite: 'lax',
		path: '/',
		secure: session.secureCookies,
	})

/** Only the hash is kept: a stolen database opens no session. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()

export async function sessionTokenOf(request: Request, env: Env): Promise<string | null> {
	const token: unknown = await sessionCookie(env).parse(request.headers.get('cookie'))
	return typeof token === 'string' && token.length === 43 ? token : null
}
