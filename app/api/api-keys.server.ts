import { changeApiKey as change } from '../commands/api-keys/change-api-key.server.ts'
import { createApiKey as create } from '../commands/api-keys/create-api-key.server.ts'
import { revokeApiKey as revoke } from '../commands/api-keys/revoke-api-key.server.ts'
import { rollApiKey as roll } from '../commands/api-keys/roll-api-key.server.ts'
import {
	ChangeApiKey,
	CreateApiKey,
	RevokeApiKey,
	RollApiKey,
	type MadeApiKeyView,
} from '../contracts/api-keys.ts'
import { requireRecentLogIn } from '../http/caller.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentApiKey, presentApiKeys } from '../presenters/api-keys.server.ts'
import { json } from './handler.server.ts'
import { operation, type Call } from './operation.server.ts'

const dateOf = (seconds: number | null): Date | null => (seconds === null ? null : new Date(seconds * 1_000))

/** Who asks and for which key, once it is sure that it is the person and not their token alone. */
function asking({ caller, context: { services }, params }: Call) {
	requireRecentLogIn(caller, services.clock.now())
	const { merchantId, cause: actor, grant } = caller
	return { merchantId, actor, grant, keyId: params['id'] ?? '' }
}

/** GET /api/v1/api-keys */
export const listKeys = operation('GET /api-keys', async ({ caller, context }) => {
	const data = await presentApiKeys(context.services, caller.merchantId)
	return json({ object: 'list', url: '/api/v1/api-keys', has_more: false, data })
})

/** POST /api/v1/api-keys: the key is in this answer and never again. */
export const createKey = operation('POST /api-keys', async (call) => {
	const { services } = call.context
	const asked = asking(call)
	const {
		kind,
		expires,
		permissions = null,
		...body
	} = CreateApiKey.parse((await readJson(call.request)).value)
	const settings = { ...body, permissions, expires_at: dateOf(expires) }
	const { row, key } = await create(services, { ...asked, kind, settings })
	return json({ ...presentApiKey(row, services.clock.now()), key } satisfies MadeApiKeyView, 201)
})

/** PATCH /api/v1/api-keys/:id */
export const changeKey = operation('PATCH /api-keys/:id', async (call) => {
	const { services } = call.context
	const asked = asking(call)
	const { expires, ...body } = ChangeApiKey.parse((await readJson(call.request)).value)
	const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
	const row = await change(services, {
		...asked,
		change: { ...given, ...(expires !== undefined && { expires_at: dateOf(expires) }) },
	})
	return json(presentApiKey(row, services.clock.now()))
})

/** POST /api/v1/api-keys/:id/roll: the key that takes over, shown once. */
export const rollKey = operation('POST /api-keys/:id/roll', async (call) => {
	const { services } = call.context
	const asked = asking(call)
	const { overlap_hours: overlapHours } = RollApiKey.parse((await readJson(call.request)).value)
	const { row, key } = await roll(services, { ...asked, overlapHours })
	return json({ ...presentApiKey(row, services.clock.now()), key } satisfies MadeApiKeyView, 201)
})

/** DELETE /api/v1/api-keys/:id. Ending a key needs no step-up: whoever sees it leak must not be held up. */
export const revokeKey = operation('DELETE /api-keys/:id', async ({ caller, request, context, params }) => {
	const { services } = context
	const { reason } = RevokeApiKey.parse((await readJson(request)).value)
	const { merchantId, cause: actor } = caller
	const row = await revoke(services, { merchantId, actor, keyId: params['id'] ?? '', reason })
	return json(presentApiKey(row, services.clock.now()))
})
