import { issueTokens } from '#app/commands/tokens/issue-tokens.server.ts'
import { suspendMerchant } from '#app/commands/merchants/suspend-merchant.server.ts'
import { signAccessToken } from '#app/credentials/access-token.server.ts'
import { grantOfKey } from '#app/domain/access/api-keys.ts'
import { grantOfRole, may, type Grant } from '#app/domain/access/grant.ts'
import { API_OPERATIONS, type ApiOperation } from '#app/domain/access/operations.ts'
import { OF_THE_HOUSE, READS } from '#app/domain/access/permissions.ts'
import { ROLES, type Role } from '#app/domain/access/roles.ts'
import { inTransaction } from '#db/client.ts'
import type { House } from '#tests/support/house.ts'
import { addPerson } from '../people.ts'
import { addKey, addMerchant } from '../second-merchant.ts'

/** Refused with this status and one of these codes, or answered, be it with "no such thing". */
export type Fate = 'answered' | { status: 401 | 403; codes: readonly string[] }

/** The Authorization header, and what becomes of each operation that asks who calls. */
export type Caller = {
	authorization: (house: House) => Promise<string | null>
	fate: (name: ApiOperation) => Fate
}

const unknown =
	(...codes: readonly string[]) =>
	(): Fate => ({ status: 401, codes })
const forbidden = (...codes: readonly string[]): Fate => ({ status: 403, codes })

/** What the permission table says of whoever holds this grant. */
const byTable =
	(grant: Grant, { isPerson, isSuspended = false }: { isPerson: boolean; isSuspended?: boolean }) =>
	(name: ApiOperation): Fate => {
		const asks = API_OPERATIONS[name]
		if (asks === 'public') return 'answered'
		if (asks === 'person') return isPerson ? 'answered' : forbidden('person_required')
		// Those that are suspended here do not run the installation either.
		const isTheirs = !isSuspended || !OF_THE_HOUSE.has(asks)
		if (!may(grant, asks) || !isTheirs) return forbidden('permission_missing')
		return isSuspended && !READS.has(asks) ? forbidden('merchant_suspended') : 'answered'
	}

const bearer = (token: string): string => `Bearer ${token}`

async function tokenOf(house: House, who: { role: string; merchantId?: string }): Promise<string> {
	const { merchantId = house.demo.merchantId } = who
	const { userId } = await addPerson(house, who)
	const { services } = house
	const issued = await inTransaction(services.db, (tx) => issueTokens(tx, services, { userId, merchantId }))
	return issued.accessToken
}

const claimsIn = (token: string) =>
	JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, string>

/** Signed with our own key for a log-in that still holds, and over since a second. */
async function expiredToken(house: House): Promise<string> {
	const { sub = '', sid = '', mid = '' } = claimsIn(await tokenOf(house, { role: 'owner' }))
	const { signingKeys, env } = house.composed
	return signAccessToken(
		{ userId: sub, sessionId: sid, merchantId: mid },
		{
			key: await signingKeys.current(),
			issuer: env.http.baseUrl,
			now: new Date(Date.now() - 606_000),
		},
	)
}

/** An analyst's, with the owner's claims put in and the signature left as it was. */
async function tamperedToken(house: House): Promise<string> {
	const [header, , signature] = (await tokenOf(house, { role: 'analyst' })).split('.')
	const [, claims] = (await tokenOf(house, { role: 'owner' })).split('.')
	return [header, claims, signature].join('.')
}

async function endedToken(house: House): Promise<string> {
	const token = await tokenOf(house, { role: 'owner' })
	await house.owner
		.updateTable('token_families')
		.set({ revoked_at: new Date(), revoke_reason: 'ended' })
		.where('id', '=', claimsIn(token)['sid'] ?? '')
		.execute()
	return token
}

async function suspendedMerchant(house: House): Promise<string> {
	const { merchantId } = await addMerchant(house)
	await suspendMerchant(house.services, { merchantId, reason: 'Stolen cards', actor: 'job:ops' })
	return merchantId
}

async function changedKey(house: House): Promise<string> {
	const { authorization } = await addKey(house, house.demo.merchantId)
	return authorization.slice(0, -1) + (authorization.endsWith('0') ? '1' : '0')
}

const keyOf = (state: Parameters<typeof addKey>[2]) => async (house: House) =>
	(await addKey(house, house.demo.merchantId, state)).authorization

const inRole = (role: Role): Caller => ({
	authorization: async (house) => bearer(await tokenOf(house, { role })),
	fate: byTable(grantOfRole(role), { isPerson: true }),
})

const SECRET_KEY = grantOfKey('secret', null)

/** Who can stand before an operation. Every role has a line by the table of roles: none can be forgotten. */
export const CALLERS: Readonly<Record<string, Caller>> = {
	nobody: { authorization: async () => null, fate: unknown('api_key_missing') },
	'a key with one letter changed': { authorization: changedKey, fate: unknown('api_key_invalid') },
	'a revoked key': { authorization: keyOf({ revoked: true }), fate: unknown('api_key_invalid') },
	'an expired key': { authorization: keyOf({ expired: true }), fate: unknown('api_key_invalid') },
	'an expired token': {
		authorization: async (house) => bearer(await expiredToken(house)),
		fate: unknown('access_token_invalid'),
	},
	'a tampered token': {
		authorization: async (house) => bearer(await tamperedToken(house)),
		fate: unknown('access_token_invalid'),
	},
	'a token whose log-in was ended': {
		authorization: async (house) => bearer(await endedToken(house)),
		fate: unknown('access_token_invalid'),
	},
	'a publishable key': {
		authorization: async ({ demo }) => bearer(demo.publishableKey),
		fate: () => forbidden('secret_key_required'),
	},
	'a key of a suspended merchant': {
		authorization: async (house) => (await addKey(house, await suspendedMerchant(house))).authorization,
		fate: byTable(SECRET_KEY, { isPerson: false, isSuspended: true }),
	},
	'the owner of a suspended merchant': {
		authorization: async (house) =>
			bearer(await tokenOf(house, { role: 'owner', merchantId: await suspendedMerchant(house) })),
		fate: byTable(grantOfRole('owner'), { isPerson: true, isSuspended: true }),
	},
	'a secret key': {
		authorization: async ({ demo }) => bearer(demo.secretKey),
		fate: byTable(SECRET_KEY, { isPerson: false }),
	},
	...Object.fromEntries((Object.keys(ROLES) as Role[]).map((role) => [`a person as ${role}`, inRole(role)])),
}
