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

/** Of somebody whose password was right and whose second factor is still to come. */
export const pendingCookie = ({ session }: Env, maxAge?: number): Cookie =>
	createCookie(session.secureCookies ? '__Host-pending' : 'pending', {
		httpOnly: true,
		sameSite: 'lax',
		path: '/',
		secure: session.secureCookies,
		...(maxAge !== undefined && { maxAge }),
	})

/** Only the hash is kept: a stolen database opens no session. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()

async function tokenIn(cookie: Cookie, request: Request): Promise<string | null> {
	const token: unknown = await cookie.parse(request.headers.get('cookie'))
	return typeof token === 'string' && token.length === 43 ? token : null
}

export const sessionTokenOf = (request: Request, env: Env): Promise<string | null> =>
	tokenIn(sessionCookie(env), request)

export const pendingTokenOf = (request: Request, env: Env): Promise<string | null> =>
	tokenIn(pendingCookie(env), request)
