import { z } from 'zod'
import type { Answer, Call, Transport } from './transport.server.ts'

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().int().positive() })

/** A token is renewed this long before it expires, so that none expires on its way. */
const RENEW_BEFORE_MS = 60_000

export type Credentials = { clientId: string; clientSecret: string }
type Held = { token: Promise<string>; until: number }

/**
 * Signs every call with an access token. Calls at the same time share the fetching of one; a token PayPal no longer
 * takes is dropped, so the next call gets another. The refused call itself is not repeated here.
 */
export function withAccessToken(send: Transport, { clientId, clientSecret }: Credentials): Transport {
	let held: Held | null = null

	async function fetchToken(holder: Held): Promise<string> {
		const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
		const answer = await send({
			method: 'POST',
			path: '/v1/oauth2/token',
			headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
			body: 'grant_type=client_credentials',
		})
		if (answer.status !== 200) throw new Error(`PayPal gave no access token: ${answer.status}`)
		const { access_token: token, expires_in: seconds } = Token.parse(JSON.parse(answer.body))
		holder.until = Date.now() + seconds * 1_000 - RENEW_BEFORE_MS
		return token
	}

	function newToken(): Held {
		const holder: Held = { token: Promise.resolve(''), until: Number.POSITIVE_INFINITY }
		holder.token = fetchToken(holder).catch((error: unknown) => {
			if (held === holder) held = null
			throw error
		})
		return holder
	}

	return async (call: Call): Promise<Answer> => {
		if (held === null || held.until <= Date.now()) held = newToken()
		const used = held
		const answer = await send({
			...call,
			headers: { ...call.headers, authorization: `Bearer ${await used.token}` },
		})
		if (answer.status === 401 && held === used) held = null
		return answer
	}
}
