import { expect } from 'vitest'
import type { TeamManager } from '#app/commands/team/team-manager.server.ts'
import { findMembership } from '#db/queries/team.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import { memberRole } from '#app/domain/access/member-role.ts'
import type { House } from '#tests/support/house.ts'
import { runNow } from '../payments/by-hand.ts'

/** A person of the team with what they may do at this moment. */
export async function managerOf({ services, demo }: House, userId: string): Promise<TeamManager> {
	const { merchantId } = demo
	const row = await findMembership(services.db, { merchantId, userId })
	if (!row) throw new Error(`${userId} is not on the team`)
	const { grant } = memberRole(row.role, row.own_role)
	return { merchantId, actor: { kind: 'console', ref: userId }, grant }
}

export async function userIdOf({ owner }: House, email: string): Promise<string> {
	const { id } = await owner
		.selectFrom('users')
		.select('id')
		.where('email', '=', email)
		.executeTakeFirstOrThrow()
	return id
}

/** Role of each person of the team that has one. */
export async function rolesOf({ owner, demo }: House): Promise<Record<string, string>> {
	const rows = await owner
		.selectFrom('memberships')
		.select(['user_id', 'role'])
		.where('merchant_id', '=', demo.merchantId)
		.execute()
	return Object.fromEntries(rows.map(({ user_id, role }) => [user_id, role]))
}

export async function auditOf({ owner }: House, subject: string) {
	return owner
		.selectFrom('audit_log')
		.select(['action', 'actor', 'before', 'after'])
		.where('subject_id', '=', subject)
		.orderBy('seq')
		.execute()
}

/** Sends what waits to be sent, and gives the token of the newest link mailed to this address. */
export async function mailedToken(house: House, email: string): Promise<string> {
	await runNow(house, sendMail)
	const mail = await house.owner
		.selectFrom('local_mailbox')
		.select('text_body')
		.where('sent_to', '=', email)
		.orderBy('id', 'desc')
		.executeTakeFirst()
	const token = /\/invitation\?token=([\w-]{43})/.exec(mail?.text_body ?? '')?.[1]
	expect(token, mail?.text_body).toBeDefined()
	return token ?? ''
}
