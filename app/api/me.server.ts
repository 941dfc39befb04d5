import { rename, setPersonPreferences } from '../commands/people/change-account.server.ts'
import { endSessions } from '../commands/people/end-sessions.server.ts'
import { NoParameters } from '../contracts/payment-requests.ts'
import { ChangeProfile, Preferences } from '../contracts/people.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentMe } from '../presenters/profile.server.ts'
import { json } from './handler.server.ts'
import { personOperation } from './operation.server.ts'

/** GET /api/v1/users/me */
export const readMe = personOperation(async ({ userId, context }) =>
	json(await presentMe(context.services.acrossMerchants, userId)),
)

/** PATCH /api/v1/users/me */
export const changeMe = personOperation(async ({ userId, request, context }) => {
	const services = context.services.acrossMerchants
	const { name } = ChangeProfile.parse((await readJson(request)).value)
	await rename(services, { userId, name, door: 'api' })
	return json(await presentMe(services, userId))
})

/** PATCH /api/v1/users/me/preferences: what is not named stays. */
export const changeMyPreferences = personOperation(async ({ userId, request, context }) => {
	const services = context.services.acrossMerchants
	await setPersonPreferences(services, userId, Preferences.parse((await readJson(request)).value))
	return json(await presentMe(services, userId))
})

/** POST /api/v1/auth/logout-everywhere: every browser and every token, this one included. */
export const logOutEverywhere = personOperation(async ({ userId, request, context }) => {
	NoParameters.parse((await readJson(request)).value)
	await endSessions(context.services.acrossMerchants, { userId, keptHash: null, door: 'api' })
	return json({ object: 'logout', logged_out: true, everywhere: true })
})
