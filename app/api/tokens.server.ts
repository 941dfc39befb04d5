import { endTokens } from '../commands/tokens/end-tokens.server.ts'
import { refreshTokens } from '../commands/tokens/refresh-tokens.server.ts'
import { RefreshTokenBody } from '../contracts/tokens.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentTokens } from '../presenters/tokens.server.ts'
import { json } from './handler.server.ts'
import { publicOperation } from './operation.server.ts'

/** POST /api/v1/auth/refresh: the refresh token in the body is the credential; nothing else is looked at. */
export const refreshAccess = publicOperation('POST /auth/refresh', async ({ request, context }) => {
	const { refresh_token } = RefreshTokenBody.parse((await readJson(request)).value)
	return json(presentTokens(await refreshTokens(context.services.acrossMerchants, refresh_token)))
})

/** POST /api/v1/auth/logout: ends the log-in; a token that ended already is no mistake. */
export const logOutOfApi = publicOperation('POST /auth/logout', async ({ request, context }) => {
	const { refresh_token } = RefreshTokenBody.parse((await readJson(request)).value)
	await endTokens(context.services.acrossMerchants, refresh_token)
	return json({ object: 'logout', logged_out: true })
})
