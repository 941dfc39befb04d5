import { z } from 'zod'
import type { Permission } from '../domain/access/permissions.ts'
import { API_KEY_KINDS, OVERLAP_HOURS, type ApiKeyKind } from '../domain/access/api-keys.ts'

const name = z.string().max(80)
const permissions = z.array(z.string().max(60)).max(40)
const networks = z.array(z.string().max(60)).max(50)
const perMinute = z.int().min(1).max(100_000)
/** Unix seconds; null = never. */
const expires = z.int().min(1).max(253_402_300_799).nullable()

/** Body of POST /api/v1/api-keys. */
export const CreateApiKey = z.strictObject({
	kind: z.enum(API_KEY_KINDS),
	name,
	permissions: permissions.optional(),
	networks: networks.default([]),
	requests_per_minute: perMinute.nullable().default(null),
	expires: expires.default(null),
})

/** Body of PATCH /api/v1/api-keys/:id: what is missing stays. */
export const ChangeApiKey = z.strictObject({
	name: name.optional(),
	permissions: permissions.optional(),
	networks: networks.optional(),
	requests_per_minute: perMinute.nullable().optional(),
	expires: expires.optional(),
})

/** Body of POST /api/v1/api-keys/:id/roll. */
export const RollApiKey = z.strictObject({ overlap_hours: z.literal([...OVERLAP_HOURS]).default(24) })

/** Body of DELETE /api/v1/api-keys/:id. */
export const RevokeApiKey = z.strictObject({
	reason: z.string().trim().min(1).max(200).nullable().default(null),
})

export type ApiKeyState = 'active' | 'replaced' | 'expired' | 'revoked'

/** Times are Unix seconds. */
export type ApiKeyView = {
	object: 'api_key'
	id: string
	kind: ApiKeyKind
	name: string
	/** Its last characters: all that is left to recognise it by. */
	hint: string
	status: ApiKeyState
	/** What it may do; of a restricted key, what was chosen. */
	permissions: string[]
	networks: string[]
	requests_per_minute: number
	expires: number | null
	last_used: number | null
	created: number
	created_by: string | null
	replaced_by: string | null
	revoked: number | null
	revoke_reason: string | null
}

/** The only answer that shows the key itself. */
export type MadeApiKeyView = ApiKeyView & { key: string }

/** `grantable`: what the person before the page may give a key. */
export type ApiKeysPage = { keys: ApiKeyView[]; grantable: Permission[] }
