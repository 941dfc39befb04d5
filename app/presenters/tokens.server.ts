import type { TokensView } from '../contracts/tokens.ts'

type Issued = {
	accessToken: string
	expiresInSeconds: number
	refreshToken: string
	refreshExpiresAt: Date
}

export const presentTokens = (issued: Issued): TokensView => ({
	object: 'tokens',
	access_token: issued.accessToken,
	token_type: 'Bearer',
	expires_in: issued.expiresInSeconds,
	refresh_token: issued.refreshToken,
	refresh_token_expires: Math.floor(issued.refreshExpiresAt.getTime() / 1_000),
})
