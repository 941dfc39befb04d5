import { redirect } from '@remix-run/node'
import type { Kysely } from 'kysely'
import { findMember } from '#db/queries/identity.ts'
import type { DB } from '#db/schema.ts'
import { may, rightsOf, SUSPENDED, type Rights } from '../domain/access/grant.ts'
import { memberRole } from '../domain/access/member-role.ts'
import { PERMISSIONS, type Permission } from '../domain/access/permissions.ts'
import { accountOf, type Account } from './account.server.ts'
import { hashOfToken, sessionTokenOf } from './session-cookie.server.ts'

/** The person in front of the console and the merchant they act for. */
export type Member = Rights & {
	userId: string
	/** The world of the business they stand in. */
	merchantId: string
	merchantName: string
	/** Whether real money moves in it. */
	livemode: boolean
	account: Account
	email: string
	name: string
	/** A shipped role, or the id of the merchant's own one. */
	role: string
	roleTitle: string
}

type Lookup = { acrossMerchants: { db: Kysely<DB> }; env: { session: { secureCookies: boolean } } }

export async function currentMember(
	request: Request,
	{ services }: { services: Lookup },
	seen: { isSeen: boolean } = { isSeen: true },
): Promise<Member | null> {
	const token = await sessionTokenOf(request, services.env)
	if (token === null) return null
	const row = await findMember(services.acrossMerchants.db, hashOfToken(token), seen)
	if (!row) return null
	const { user_id: userId, merchant_id: merchantId, merchant_name: merchantName, livemode } = row
	const { email, name, role } = row
	const account = accountOf(row)
	const { title: roleTitle, grant: whole } = memberRole(role, row.own_role)
	const rights = rightsOf(whole, {
		lacksFactor: row.lacks_factor,
		isSuspended: row.is_suspended,
		runsHouse: row.runs_house,
	})
	return { userId, merchantId, merchantName, livemode, account, email, name, role, roleTitle, ...rights }
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

function refuseWithoutFactor(): never {
	const message = `Nothing was done: set up a second factor first, at ${SECURITY_PAGE}.`
	throw Response.json(
		{ error: { type: 'permission_error', code: 'second_factor_required', message } },
		{ status: 403 },
	)
}

function refuseSuspended(): never {
	throw Response.json(
		{ error: { type: 'permission_error', code: 'merchant_suspended', message: SUSPENDED } },
		{ status: 403 },
	)
}

export function requireMay({ grant, withheld, suspended }: Rights, permission: Permission): void {
	if (suspended.has(permission)) refuseSuspended()
	if (withheld.has(permission)) refuseWithoutFactor()
	if (!may(grant, permission)) refuseMember(permission)
}

/**
 * The person, and services that see the rows of their merchant only. Sends strangers to the log-in page, which leads
 * back here, and readers who lack a second factor to where one is set up; refuses who may not. `null`: anybody who is logged in.
 */
export async function requireMember<Services>(
	request: Request,
	context: { services: Lookup & { forMerchant(merchantId: string, livemode: boolean): Services } },
	permission: Permission | null,
	standIn: (member: Member) => Member = (member) => member,
): Promise<Member & { services: Services }> {
	const member = await currentMember(request, context)
	if (member) {
		const leadsToSetUp = request.method === 'GET' && permission !== null && member.withheld.has(permission)
		if (leadsToSetUp) throw redirect(SECURITY_PAGE)
		if (permission !== null) requireMay(member, permission)
		const acting = standIn(member)
		return { ...acting, services: context.services.forMerchant(acting.merchantId, acting.livemode) }
	}
	const { pathname, search } = new URL(request.url)
	throw redirect(`/login?next=${encodeURIComponent(pathname + search)}`)
}

/** For the team, which both worlds of a business have in common: the account, from whichever of them. */
export const requireTeamMember: typeof requireMember = (request, context, permission) =>
	requireMember(request, context, permission, (member) => ({ ...member, ...member.account }))
