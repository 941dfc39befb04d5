import { endTokens } from '../commands/tokens/end-tokens.server.ts'
import { refreshTokens } from '../commands/tokens/refresh-tokens.server.ts'
import { RefreshTokenBody } from '../contracts/tokens.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentTokens } from '../presenters/tokens.server.ts'
import { handler, json } from './handler.server.ts'

/** POST /api/v1/auth/refresh: the refresh token in the body is the credential; nothing else is looked at. */
export const refreshAccess = handler(async (request, { services }) => {
	const { refresh_token } = RefreshTokenBody.parse((await readJson(request)).value)
	return json(presentTokens(await refreshTokens(services, refresh_token)))
})

/** POST /api/v1/auth/logout: ends the log-in; a token that ended already is no mistake. */
export const logOutOfApi = handler(async (request, { services }) => {
	const { refresh_token } = RefreshTokenBody.parse((await readJson(request)).value)
	await endTokens(services, refresh_token)
	return json({ object: 'logout', logged_out: true })
})
