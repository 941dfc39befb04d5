import { z } from 'zod'
import { INVITATION_STATES } from '../domain/access/invitation-state.ts'
import { LIMITED_PERMISSIONS } from '../domain/access/limits.ts'
import { ALL_PERMISSIONS, type Permission } from '../domain/access/permissions.ts'
import { AmountMinor, Currency, text } from './payment-requests.ts'

const RoleName = text(60).trim().min(1)
/** One every merchant has, or the id of an own one. */
const RoleRef = text(40).min(1)

const PermissionName = z.enum(ALL_PERMISSIONS as [Permission, ...Permission[]], 'is not a permission')

const hasProto = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')

/** Minor units by currency; null = no limit in it, and a currency that is missing may not be moved. */
const Lines = z
	.unknown()
	.refine((value) => !hasProto(value), { message: 'is not a currency', path: ['__proto__'] })
	.pipe(z.record(Currency, AmountMinor.nullable()))
	.refine((lines) => Object.keys(lines).length > 0, 'names no currency')

const Limits = z.strictObject(
	Object.fromEntries(LIMITED_PERMISSIONS.map((permission) => [permission, Lines.optional()])) as Record<
		(typeof LIMITED_PERMISSIONS)[number],
		z.ZodOptional<typeof Lines>
	>,
)

const Permissions = z
	.array(PermissionName)
	.min(1, 'names no permission')
	.refine((names) => new Set(names).size === names.length, 'names a permission twice')

/** Body of POST /api/v1/team/roles. */
export const CreateRole = z.strictObject({
	name: RoleName,
	permissions: Permissions,
	limits: Limits.default({}),
})
export type CreateRole = z.infer<typeof CreateRole>

/** Body of PATCH /api/v1/team/roles/:id. */
export const ChangeRole = z.strictObject({
	name: RoleName.optional(),
	permissions: Permissions.optional(),
	limits: Limits.optional(),
})
export type ChangeRole = z.infer<typeof ChangeRole>

/** Body of PATCH /api/v1/team/members/:id. */
export const ChangeMember = z.strictObject({ role: RoleRef })

/** Body of POST /api/v1/team/invitations. */
export const CreateInvitation = z.strictObject({
	email: z.string().trim().pipe(z.email('is not an e-mail address').max(254)),
	role: RoleRef,
})

const RoleTitle = z.object({ id: z.string(), name: z.string() })

/** A person of the team. Times are Unix seconds. */
export const TeamMember = z.object({
	id: z.string(),
	object: z.literal('team_member'),
	name: z.string(),
	email: z.string(),
	role: RoleTitle,
	joined: z.number().int(),
	last_seen: z.number().int().nullable(),
})
export type TeamMember = z.infer<typeof TeamMember>

export const TeamInvitation = z.object({
	id: z.string(),
	object: z.literal('team_invitation'),
	email: z.string(),
	role: RoleTitle,
	status: z.enum(INVITATION_STATES),
	invited_by: z.string().nullable(),
	sent: z.number().int(),
	expires: z.number().int(),
})
export type TeamInvitation = z.infer<typeof TeamInvitation>

/** A role; `limits` in minor units by permission and currency. */
export const TeamRole = z.object({
	id: z.string(),
	object: z.literal('team_role'),
	name: z.string(),
	/** Every merchant has it, and nobody can change it. */
	built_in: z.boolean(),
	permissions: z.array(PermissionName),
	limits: z.record(z.string(), z.record(z.string(), z.number().int().nullable())),
	members: z.number().int(),
})
export type TeamRole = z.infer<typeof TeamRole>

/** What the person who looks may do about each. */
export type MemberView = TeamMember & {
	isSelf: boolean
	mayChange: boolean
	mayRemove: boolean
	/** Null for whoever does not run the team: it would show whose password is enough. */
	hasFactor: boolean | null
	mayReset: boolean
}
export type RoleView = TeamRole & { mayChange: boolean; mayDelete: boolean }
export type InvitationView = TeamInvitation & { mayResend: boolean }

export type TeamView = {
	members: MemberView[]
	invitations: InvitationView[]
	roles: RoleView[]
	/** The permissions the person who looks can put into a role. */
	grantable: Permission[]
	/** Ids of the roles they can hand out. */
	assignable: string[]
	mayManage: boolean
	/** Whether roles that move money need a second factor; null for whoever cannot change it. */
	requiresFactor: boolean | null
}

/** Fields of the invitation page; name and password only of somebody without an account. */
export const AcceptInvitation = z.object({
	token: z.string().regex(/^[\w-]{43}$/, 'is not a link of ours'),
	name: text(80).trim().min(1, 'is missing').optional(),
	password: z.string().max(2_000).optional(),
})

export type InvitationPageView = {
	merchant: string
	inviter: string | null
	role: string
	email: string
	state: (typeof INVITATION_STATES)[number]
	/** Whether the address has an account already. */
	hasAccount: boolean
	/** The address of whoever is signed in in this browser. */
	signedInAs: string | null
	isForThem: boolean
}
