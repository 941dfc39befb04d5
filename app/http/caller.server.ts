import { grantOf, may, type Grant } from '../domain/access/grant.ts'
import { ALL_PERMISSIONS, PERMISSIONS, type Permission } from '../domain/access/permissions.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import type { Cause } from '../domain/payments/cause.ts'
import type { ApiKeys } from './api-key.server.ts'

/** Who calls the API, for which merchant, and what they may do there. */
export type Caller = {
	merchantId: string
	/** Kept with everything the call does. */
	cause: Cause
	grant: Grant
}

/** Who works here, and with what keys, is decided by people. */
const NOT_FOR_KEYS: ReadonlySet<Permission> = new Set<Permission>(['team.manage', 'keys.manage'])
const SECRET_KEY = grantOf(ALL_PERMISSIONS.filter((permission) => !NOT_FOR_KEYS.has(permission)))

function keyIn(header: string | null): string | null {
	if (!header) return null
	const bearer = /^Bearer\s+(\S{1,200})$/i.exec(header)?.[1]
	if (bearer) return bearer
	const basic = /^Basic\s+([A-Za-z0-9+/=]{1,400})$/i.exec(header)?.[1]
	return basic ? (Buffer.from(basic, 'base64').toString('utf8').split(':')[0] ?? null) : null
}

/** Whoever the request's credentials name. Cookies never authenticate the API. */
export async function authenticate(
	request: Request,
	{ services }: { services: { apiKeys: ApiKeys } },
): Promise<Caller> {
	const key = keyIn(request.headers.get('authorization'))
	if (!key) {
		throw new DomainError(
			'unauthenticated',
			'api_key_missing',
			'Send your secret key: Authorization: Bearer sk_…',
		)
	}
	const row = await services.apiKeys.find(key)
	if (!row) throw new DomainError('unauthenticated', 'api_key_invalid', 'This API key is not valid.')
	if (row.kind !== 'secret') {
		throw new DomainError(
			'forbidden',
			'secret_key_required',
			'A publishable key cannot do this. Use the secret key.',
		)
	}
	return { merchantId: row.merchant_id, cause: { kind: 'api', ref: row.id }, grant: SECRET_KEY }
}

export function requireMay({ grant }: Caller, permission: Permission): void {
	if (may(grant, permission)) return
	const message = `This key is not allowed to do this: ${PERMISSIONS[permission].toLowerCase()}.`
	throw new DomainError('forbidden', 'permission_missing', message)
}
