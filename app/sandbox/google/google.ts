import type { IncomingMessage, ServerResponse } from 'node:http'
import { answer, json, readBody, type Reply } from '../http/message.ts'
import type { Desk } from '../sandbox.ts'
import { authorize } from './authorize.ts'
import { jwks } from './id-token.ts'
import { issuerOf } from './provider.ts'
import { exchange } from './token.ts'

const discovery = (issuer: string): Reply =>
	json({
		issuer,
		authorization_endpoint: `${issuer}/o/oauth2/v2/auth`,
		token_endpoint: `${issuer}/token`,
		jwks_uri: `${issuer}/oauth2/v3/certs`,
		response_types_supported: ['code'],
		subject_types_supported: ['public'],
		id_token_signing_alg_values_supported: ['RS256'],
		scopes_supported: ['openid', 'email', 'profile'],
		token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
		code_challenge_methods_supported: ['S256'],
		claims_supported: ['aud', 'email', 'email_verified', 'exp', 'iat', 'iss', 'name', 'sub'],
	})

/** Everything below `/google/`: signing in with Google, as OpenID Connect writes it. */
export async function google(
	desk: Desk,
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
): Promise<void> {
	const body = await readBody(request)
	answer(response, await handle(desk, request, url, body))
}

async function handle(desk: Desk, request: IncomingMessage, url: URL, body: string): Promise<Reply> {
	switch (`${request.method} ${url.pathname}`) {
		case 'GET /google/.well-known/openid-configuration':
			return discovery(issuerOf(desk))
		case 'GET /google/oauth2/v3/certs':
			return json(await jwks(await desk.google.keys()))
		case 'GET /google/o/oauth2/v2/auth':
			return authorize(desk, url, null)
		case 'POST /google/o/oauth2/v2/auth':
			return authorize(desk, url, new URLSearchParams(body))
		case 'POST /google/token':
			return exchange(desk, request, new URLSearchParams(body))
		default:
			return json({ error: 'not_found' }, 404)
	}
}
