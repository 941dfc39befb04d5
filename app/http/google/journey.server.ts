import { createCookie, type Cookie } from '@remix-run/node'
import { z } from 'zod'

type Env = { session: { secureCookies: boolean } }

/** How long somebody may take at Google. */
export const JOURNEY_SECONDS = 600

/** What a browser set out to Google for. It is kept in that browser alone; whoever changes it changes their own. */
export const Journey = z.object({
	intent: z.enum(['log_in', 'link', 'step_up']),
	state: z.string().min(32).max(128),
	nonce: z.string().min(32).max(128),
	next: z.string().max(2_000),
	/** Who is signed in, where the journey is about an account; null for a log-in. */
	userId: z.string().max(64).nullable(),
})
export type Journey = z.infer<typeof Journey>

const journeyCookie = ({ session: { secureCookies } }: Env, maxAge: number): Cookie =>
	createCookie(secureCookies ? '__Host-journey' : 'journey', {
		httpOnly: true,
		sameSite: 'lax',
		path: '/',
		secure: secureCookies,
		maxAge,
	})

/** Of the strategy, which adds a mark of its own for each journey. */
export const verifierCookie = ({ session: { secureCookies } }: Env) => ({
	name: secureCookies ? '__Host-google' : 'google',
	httpOnly: true as const,
	sameSite: 'Lax' as const,
	path: '/',
	...(secureCookies && { secure: true as const }),
	maxAge: JOURNEY_SECONDS,
})

export const keepJourney = (env: Env, journey: Journey): Promise<string> =>
	journeyCookie(env, JOURNEY_SECONDS).serialize(journey)

export async function journeyOf(request: Request, env: Env): Promise<Journey | null> {
	const kept: unknown = await journeyCookie(env, 0).parse(request.headers.get('cookie'))
	return Journey.safeParse(kept).data ?? null
}

/** A journey ends once, however it ended: nothing of it is left in the browser to come back with. */
export async function endJourney(request: Request, env: Env, headers: Headers): Promise<void> {
	headers.append('set-cookie', await journeyCookie(env, 0).serialize(''))
	const { name } = verifierCookie(env)
	const secure = env.session.secureCookies ? '; Secure' : ''
	for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
		const [kept = ''] = pair.trim().split('=')
		if (!kept.startsWith(`${name}:`)) continue
		headers.append('set-cookie', `${kept}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${secure}`)
	}
}
