import { z } from 'zod'

/** Body of POST /api/v1/auth/refresh and /api/v1/auth/logout. */
export const RefreshTokenBody = z.strictObject({ refresh_token: z.string().min(1).max(200) })

/** What a log-in or a refresh by API answers. Times are Unix seconds. */
export type TokensView = {
	object: 'tokens'
	access_token: string
	token_type: 'Bearer'
	expires_in: number
	/** Good for one use: each refresh answers with the next. */
	refresh_token: string
	refresh_token_expires: number
}
