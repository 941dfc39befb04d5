import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { json, type Reply } from '../http/message.ts'
import type { Desk } from '../sandbox.ts'
import { issuerOf } from './provider.ts'
import { idToken } from './id-token.ts'

const refuse = (error: string, status = 400): Reply => json({ error }, status)

/** Of the header, or of the form: both are Google's. */
function clientOf(request: IncomingMessage, form: URLSearchParams): [id: string, secret: string] {
	const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
	if (basic === undefined) return [form.get('client_id') ?? '', form.get('client_secret') ?? '']
	const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':')
	return [decodeURIComponent(id), decodeURIComponent(secret)]
}

export async function exchange(desk: Desk, request: IncomingMessage, form: URLSearchParams): Promise<Reply> {
	const { google, options } = desk
	const [clientId, secret] = clientOf(request, form)
	if (clientId !== options.googleClientId || secret !== options.googleSecret)
		return refuse('invalid_client', 401)
	if (form.get('grant_type') !== 'authorization_code') return refuse('unsupported_grant_type')
	const spoil = google.spoils.shift()
	if (spoil === 'refuse') return refuse('temporarily_unavailable', 503)
	const grant = google.grants.take(form.get('code') ?? '', {
		clientId,
		redirectUri: form.get('redirect_uri') ?? '',
		verifier: form.get('code_verifier') ?? '',
	})
	if (!grant) return refuse('invalid_grant')
	const answer = {
		access_token: `ya29.${randomBytes(24).toString('base64url')}`,
		expires_in: 3_599,
		scope: 'openid email profile',
		token_type: 'Bearer',
	}
	if (spoil === 'no_token') return json(answer)
	const id_token = await idToken(grant, { issuer: issuerOf(desk), keys: await google.keys(), spoil })
	return json({ ...answer, id_token })
}
