import { Authenticator } from 'remix-auth'
import { OAuth2RequestError } from 'remix-auth-oauth2'
import { isDomainError } from '../../domain/errors/domain-error.ts'
import type { GoogleEnding } from '../../domain/people/google-words.ts'
import type { IdentityProvider, OutsideIdentity } from '../../domain/people/ports.ts'
import { newToken } from '../open-session.server.ts'
import { endJourney, journeyOf, keepJourney, verifierCookie, type Journey } from './journey.server.ts'
import { GoogleStrategy } from './google-strategy.server.ts'

export type GoogleContext = {
	clientIp: string
	services: {
		google: IdentityProvider | null
		env: { http: { baseUrl: string }; session: { secureCookies: boolean } }
		logger: { warn: (fields: object, message: string) => void }
		peopleLimits: { count(asked: 'google', clientIp: string): Promise<void> }
	}
}

export const CALLBACK_PATH = '/login/google/callback'

const authenticatorFor = async (
	google: IdentityProvider,
	{ env }: GoogleContext['services'],
	nonce: string,
): Promise<Authenticator<string>> => {
	const { authorization, token } = await google.endpoints()
	const strategy = new GoogleStrategy(
		{
			clientId: google.clientId,
			clientSecret: google.clientSecret,
			authorizationEndpoint: authorization,
			tokenEndpoint: token,
			redirectURI: env.http.baseUrl + CALLBACK_PATH,
			scopes: ['openid', 'email', 'profile'],
			cookie: verifierCookie(env),
		},
		nonce,
	)
	return new Authenticator<string>().use(strategy, 'google')
}

const endingOf = (error: unknown): GoogleEnding | null => {
	if (!isDomainError(error)) return null
	if (error.code === 'identity_provider_away') return 'google_away'
	return error.kind === 'rate_limited' ? 'google_too_often' : null
}

export type Begun = { ok: true; location: string; headers: Headers } | { ok: false; ending: GoogleEnding }

/** Where the browser is to go, and what it is to keep until it comes back. */
export async function beginJourney(
	{ services, clientIp }: GoogleContext,
	asked: Pick<Journey, 'intent' | 'next' | 'userId'>,
): Promise<Begun> {
	const { google, env } = services
	if (!google) return { ok: false, ending: 'google_away' }
	const nonce = newToken()
	try {
		await services.peopleLimits.count('google', clientIp)
		const authenticator = await authenticatorFor(google, services, nonce)
		// Without a state in its address the strategy sets out instead of coming back.
		await authenticator.authenticate('google', new Request(`${env.http.baseUrl}/login/google`))
		throw new Error('the strategy did not set out')
	} catch (thrown) {
		const ending = endingOf(thrown)
		if (ending) return { ok: false, ending }
		if (!(thrown instanceof Response)) throw thrown
		const location = thrown.headers.get('location') ?? ''
		const state = new URL(location).searchParams.get('state') ?? ''
		const headers = new Headers()
		for (const cookie of thrown.headers.getSetCookie()) headers.append('set-cookie', cookie)
		headers.append('set-cookie', await keepJourney(env, { ...asked, state, nonce }))
		return { ok: true, location, headers }
	}
}

export type Returned = {
	/** Null when this browser set out for nothing, or too long ago. */
	journey: Journey | null
	/** End the journey in the browser, whatever came of it. */
	headers: Headers
} & ({ ok: true; journey: Journey; identity: OutsideIdentity } | { ok: false; ending: GoogleEnding })

/** Who came back from Google. Nothing is written, and what is not exactly as it was asked for is refused. */
export async function returnFrom(request: Request, { services, clientIp }: GoogleContext): Promise<Returned> {
	const { google, env } = services
	const headers = new Headers()
	const journey = await journeyOf(request, env)
	await endJourney(request, env, headers)
	const refuse = (ending: GoogleEnding): Returned => ({ ok: false, journey, headers, ending })
	const { searchParams } = new URL(request.url)
	if (!google) return refuse('google_away')
	if (!journey || searchParams.get('state') !== journey.state) return refuse('google_expired')
	const issuer = searchParams.get('iss')
	if (issuer !== null && issuer !== google.issuer) return refuse('google_refused')
	try {
		await services.peopleLimits.count('google', clientIp)
		const token = await (
			await authenticatorFor(google, services, journey.nonce)
		).authenticate('google', request)
		const identity = await google.readIdToken(token, { nonce: journey.nonce })
		return identity ? { ok: true, journey, headers, identity } : refuse('google_refused')
	} catch (error) {
		if (error instanceof OAuth2RequestError) {
			return refuse(error.code === 'access_denied' ? 'google_cancelled' : 'google_refused')
		}
		if (error instanceof ReferenceError || error instanceof RangeError) return refuse('google_expired')
		const ending = endingOf(error)
		if (!ending) services.logger.warn({ err: error }, 'Google cannot be reached')
		return refuse(ending ?? 'google_away')
	}
}
