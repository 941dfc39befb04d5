import type { Kysely } from 'kysely'
import type { KnownKeyRow } from '#db/queries/api-keys.ts'
import { findTokenMember } from '#db/queries/tokens.ts'
import type { DB } from '#db/schema.ts'
import { readAccessToken, type FindKey } from '../credentials/access-token.server.ts'
import { isWithin } from '../credentials/networks.server.ts'
import { grantOfKey } from '../domain/access/api-keys.ts'
import { may, rightsOf, SUSPENDED, type Rights } from '../domain/access/grant.ts'
import { memberRole } from '../domain/access/member-role.ts'
import { PERMISSIONS, type Permission } from '../domain/access/permissions.ts'
import { KEY_PER_MINUTE } from '../domain/access/request-limits.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import type { Cause } from '../domain/payments/cause.ts'
import { accountOf, type Account } from './account.server.ts'
import type { ApiKeys } from './api-key.server.ts'
import type { Quota } from './limits/api-limits.server.ts'

/** Who calls the API, for which merchant, and what they may do there. */
export type Caller = Rights & {
	merchantId: string
	/** Whether the merchant is a live world. */
	livemode: boolean
	account: Account
	/** Kept with everything the call does. */
	cause: Cause
	quota: Quota
	/** Null for a machine; else who it is, and when they last proved it. */
	person: { userId: string; authenticatedAt: Date } | null
}

type Context = {
	clientIp: string
	services: {
		apiKeys: ApiKeys
		signingKeys: { find: FindKey }
		clock: { now(): Date }
		env: { http: { baseUrl: string } }
		acrossMerchants: { db: Kysely<DB> }
	}
}

function credentialIn(header: string | null): string | null {
	if (!header) return null
	const bearer = /^Bearer\s+(\S{1,2000})$/i.exec(header)?.[1]
	if (bearer) return bearer
	const basic = /^Basic\s+([A-Za-z0-9+/=]{1,400})$/i.exec(header)?.[1]
	return basic ? (Buffer.from(basic, 'base64').toString('utf8').split(':')[0] ?? null) : null
}

const unauthenticated = (code: string, message: string) => new DomainError('unauthenticated', code, message)

function callerOfKey(row: KnownKeyRow, clientIp: string): Caller {
	if (row.kind === 'publishable') {
		throw new DomainError(
			'forbidden',
			'secret_key_required',
			'A publishable key cannot do this. Use the secret key.',
		)
	}
	if (row.networks.length > 0 && !isWithin(clientIp, row.networks)) {
		throw new DomainError('forbidden', 'address_not_allowed', 'This key does not work from this address.')
	}
	return {
		merchantId: row.merchant_id,
		livemode: row.livemode,
		account: accountOf(row),
		cause: { kind: 'api', ref: row.id },
		...rightsOf(grantOfKey(row.kind, row.permissions), {
			lacksFactor: false,
			isSuspended: row.is_suspended,
			runsHouse: row.runs_house,
		}),
		quota: { id: row.id, perMinute: row.requests_per_minute ?? KEY_PER_MINUTE },
		person: null,
	}
}

/** What a person may do is read at each request: a role taken away counts at once, not when the token ends. */
async function callerOfToken(token: string, { services }: Context): Promise<Caller> {
	const { signingKeys, clock, env, acrossMerchants } = services
	const invalid = () =>
		unauthenticated('access_token_invalid', 'This access token is not valid any more. Get a new one.')
	const issuer = env.http.baseUrl
	const claims = await readAccessToken(token, { issuer, now: clock.now(), findKey: signingKeys.find })
	const member = claims && (await findTokenMember(acrossMerchants.db, claims))
	if (!member) throw invalid()
	const { userId, merchantId, sessionId } = claims
	return {
		merchantId,
		livemode: member.livemode,
		account: accountOf(member),
		cause: { kind: 'api', ref: userId },
		...rightsOf(memberRole(member.role, member.own_role).grant, {
			lacksFactor: member.lacks_factor,
			isSuspended: member.is_suspended,
			runsHouse: member.runs_house,
		}),
		quota: { id: sessionId, perMinute: KEY_PER_MINUTE },
		person: { userId, authenticatedAt: member.authenticated_at },
	}
}

/** Whoever the request's credentials name. Cookies never authenticate the API. */
export async function authenticate(request: Request, context: Context): Promise<Caller> {
	const credential = credentialIn(request.headers.get('authorization'))
	if (!credential)
		throw unauthenticated('api_key_missing', 'Send your secret key: Authorization: Bearer th_…')
	if (credential.includes('.')) return callerOfToken(credential, context)
	const row = await context.services.apiKeys.find(credential)
	if (!row) throw unauthenticated('api_key_invalid', 'This API key is not valid.')
	return callerOfKey(row, context.clientIp)
}

export function requireMay({ grant, withheld, suspended }: Caller, permission: Permission): void {
	if (may(grant, permission)) return
	if (suspended.has(permission)) throw new DomainError('forbidden', 'merchant_suspended', SUSPENDED)
	if (withheld.has(permission)) {
		const message = 'Nothing was done: your team asks for a second factor. Set one up in the console first.'
		throw new DomainError('forbidden', 'second_factor_required', message)
	}
	const message = `This key is not allowed to do this: ${PERMISSIONS[permission].toLowerCase()}.`
	throw new DomainError('forbidden', 'permission_missing', message)
}

/** Keys have no profile, be they made by whoever they may. */
export function requirePerson({ person }: Caller): { userId: string } {
	if (person) return person
	throw new DomainError(
		'forbidden',
		'person_required',
		'This is about a person. Log in instead of using a key.',
	)
}

/** For changes that outlive a stolen token: the person must have proved who they are a moment ago. */
const RECENT_MS = 600_000

export function requireRecentLogIn({ person }: Caller, now: Date): void {
	if (person && now.getTime() - person.authenticatedAt.getTime() <= RECENT_MS) return
	throw new DomainError(
		'forbidden',
		'step_up_required',
		'Log in again to do this: the last time was too long ago.',
	)
}
