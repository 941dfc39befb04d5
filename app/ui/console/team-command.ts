import { z } from 'zod'
import { LIMITED_PERMISSIONS } from '#app/domain/access/limits.ts'
import { isPermission } from '#app/domain/access/permissions.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { parseAmount } from '../kit/parse-amount.ts'

export type TeamField = 'email' | 'role' | 'name' | 'permissions' | 'limits'
export type TeamRefusal = { ok: false; message: string; field: TeamField | null }
export type TeamResult = { ok: true; message: string } | TeamRefusal

type RoleForm = {
	name: string
	permissions: string[]
	limits: { permission: string; currency: string; most_minor: string | null }[]
}

export type TeamCommand =
	| { intent: 'invite'; email: string; role: string }
	| { intent: 'resend' | 'revoke' | 'remove' | 'delete_role' | 'reset_factors'; id: string }
	| { intent: 'require_factor'; required: boolean }
	| { intent: 'set_role'; id: string; role: string }
	| { intent: 'leave'; id: string }
	| { intent: 'create_role'; role: RoleForm }
	| { intent: 'change_role'; id: string; role: RoleForm }

const Id = z.string().min(1).max(64)
const Plain = z.discriminatedUnion('intent', [
	z.object({
		intent: z.literal('invite'),
		email: z.string().trim().pipe(z.email().max(254)),
		role: Id,
	}),
	z.object({ intent: z.literal('set_role'), id: Id, role: Id }),
	z.object({ intent: z.enum(['resend', 'revoke', 'remove', 'delete_role', 'reset_factors']), id: Id }),
	z.object({
		intent: z.literal('require_factor'),
		required: z.enum(['yes', 'no']).transform((answer) => answer === 'yes'),
	}),
	z.object({ intent: z.literal('leave'), id: Id }),
])

const refuse = (message: string, field: TeamField | null = null): TeamRefusal => ({
	ok: false,
	message,
	field,
})

/** How many lines of currency and amount the role form has per permission. */
export const LIMIT_LINES = 3

function readLimits(form: FormData, permission: string): RoleForm['limits'] | TeamRefusal {
	const currencies = form.getAll(`${permission}.currency`).map((value) => String(value).trim().toLowerCase())
	const amounts = form.getAll(`${permission}.amount`).map((value) => String(value).trim())
	const lines: RoleForm['limits'] = []
	for (const [index, currency] of currencies.entries()) {
		const amount = amounts[index] ?? ''
		if (currency === '' && amount === '') continue
		if (!isCurrency(currency)) return refuse('Enter the code of a currency, such as usd.', 'limits')
		if (lines.some((line) => line.currency === currency)) {
			return refuse(`${currency.toUpperCase()} is there twice.`, 'limits')
		}
		if (amount === '') {
			lines.push({ permission, currency, most_minor: null })
			continue
		}
		const parsed = parseAmount(amount, currency)
		if (!parsed.ok) return refuse(parsed.message, 'limits')
		lines.push({ permission, currency, most_minor: parsed.minor.toString() })
	}
	return lines
}

function readRole(form: FormData): RoleForm | TeamRefusal {
	const name = String(form.get('name') ?? '').trim()
	if (name === '' || name.length > 60) return refuse('Give the role a name of up to 60 characters.', 'name')
	const permissions = form.getAll('permission').map(String).filter(isPermission)
	if (permissions.length === 0) return refuse('Choose at least one thing the role allows.', 'permissions')
	const limits: RoleForm['limits'] = []
	for (const permission of LIMITED_PERMISSIONS) {
		if (!permissions.includes(permission) || form.get(`${permission}.limited`) === null) continue
		const lines = readLimits(form, permission)
		if ('ok' in lines) return lines
		if (lines.length === 0) return refuse('Name at least one currency, or take the limit away.', 'limits')
		limits.push(...lines)
	}
	return { name, permissions, limits }
}

/** The forms of the team page; an amount is decimal text, as the person typed it. */
export function readTeamCommand(form: FormData, userId: string): TeamCommand | TeamRefusal {
	const intent = form.get('intent')
	if (intent === 'create_role' || intent === 'change_role') {
		const role = readRole(form)
		if ('ok' in role) return role
		return intent === 'create_role' ? { intent, role } : { intent, id: String(form.get('id') ?? ''), role }
	}
	const parsed = Plain.safeParse(Object.fromEntries(form))
	// A page left open from before somebody else signed in here asks for another person.
	const isForOther = parsed.data?.intent === 'leave' && parsed.data.id !== userId
	if (parsed.success && !isForOther) return parsed.data
	if (parsed.success) return refuse('Read this page again: somebody else is signed in.')
	const field = parsed.error.issues[0]?.path[0]
	if (field === 'email') return refuse('Enter an e-mail address.', 'email')
	return refuse('The form was not complete. Nothing was changed.', field === 'role' ? 'role' : null)
}
