import { redirect } from '@remix-run/node'
import type { Kysely } from 'kysely'
import { findMember } from '#db/queries/identity.ts'
import type { DB } from '#db/schema.ts'
import { grantOfRole, may, withoutMoney, type Grant } from '../domain/access/grant.ts'
import { MOVES_MONEY, PERMISSIONS, type Permission } from '../domain/access/permissions.ts'
import { hashOfToken, sessionTokenOf } from './session-cookie.server.ts'

/** The person in front of the console and the merchant they act for. */
export type Member = {
	userId: string
	merchantId: string
	merchantName: string
	email: string
	name: string
	role: string
	grant: Grant
	/** Must set up a second factor before anything of their role moves money; `grant` is without that. */
	lacksFactor: boolean
}

type Context = { services: { db: Kysely<DB>; env: { session: { secureCookies: boolean } } } }

export async function currentMember(request: Request, { services }: Context): Promise<Member | null> {
	const token = await sessionTokenOf(request, services.env)
	const row = token === null ? undefined : await findMember(services.db, hashOfToken(token))
	if (!row) return null
	const { user_id: userId, merchant_id: merchantId, merchant_name: merchantName, email, name, role } = row
	const lacksFactor = row.lacks_factor
	const grant = lacksFactor ? withoutMoney(grantOfRole(role)) : grantOfRole(role)
	return { userId, merchantId, merchantName, email, name, role, grant, lacksFactor }
}

/** Shown as the page's 403, in the words of the team page. */
export function refuseMember(permission: Permission): never {
	const message = `Your role does not allow this: ${PERMISSIONS[permission].toLowerCase()}.`
	throw Response.json(
		{ error: { type: 'permission_error', code: 'role_not_allowed', message } },
		{ status: 403 },
	)
}

const SECURITY_PAGE = '/console/profile/security'

/** Reading leads to where a second factor is set up; what was sent is refused, and nothing of it is done. */
function refuseWithoutFactor(request: Request): never {
	if (request.method === 'GET') throw redirect(`${SECURITY_PAGE}?required=1`)
	const message = `Nothing was done: set up a second factor first, at ${SECURITY_PAGE}.`
	throw Response.json(
		{ error: { type: 'permission_error', code: 'second_factor_required', message } },
		{ status: 403 },
	)
}

/** Sends strangers to the log-in page, which leads back here; refuses who may not. `null`: anybody who is logged in. */
export async function requireMember(
	request: Request,
	context: Context,
	permission: Permission | null = null,
): Promise<Member> {
	const member = await currentMember(request, context)
	if (member) {
		if (permission !== null && !may(member.grant, permission)) {
			if (member.lacksFactor && MOVES_MONEY.has(permission) && may(grantOfRole(member.role), permission))
				refuseWithoutFactor(request)
			refuseMember(permission)
		}
		return member
	}
	const { pathname, search } = new URL(request.url)
	throw redirect(`/login?next=${encodeURIComponent(pathname + search)}`)
}
