import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptInvitation, type NewPerson } from '#app/commands/team/accept-invitation.server.ts'
import { resendInvitation, revokeInvitation } from '#app/commands/team/change-invitation.server.ts'
import { invite } from '#app/commands/team/invite.server.ts'
import { changeRole, createRole, deleteRole } from '#app/commands/team/write-role.server.ts'
import { hashOfMailToken } from '#app/commands/mail/mail-token.server.ts'
import { addMerchant } from '#tests/http/second-merchant.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { addColleague } from '../refunds/by-hand.ts'
import { auditOf, mailedToken, managerOf, rolesOf, userIdOf } from './by-hand.ts'

let house: House
let ownerId: string
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	ownerId = await userIdOf(house, house.demo.owner.email)
})
afterAll(() => house.close())

const ADA: NewPerson = { name: 'Ada Example', password: 'seven quiet green lanterns' }

const ask = async (email: string, role = 'operator', by = ownerId) =>
	invite(house.services, await managerOf(house, by), { email, role })
const accept = (token: string, person: NewPerson | null = ADA, signedInAs: string | null = null) =>
	acceptInvitation(house.services, { token, signedInAs, person })
const age = (id: string, column: 'sent_at' | 'expires_at', by: string) =>
	sql`update invitations set ${sql.ref(column)} = ${sql.ref(column)} - ${by}::interval where id = ${id}`.execute(
		house.owner,
	)

describe('an invitation', () => {
	test('is mailed, and makes account and membership of a new person at once; the address counts as proven', async () => {
		const id = await ask('Ada@shop.test')
		const token = await mailedToken(house, 'Ada@shop.test')
		const { userId } = await accept(token)
		expect((await rolesOf(house))[userId]).toBe('operator')
		const person = await house.owner
			.selectFrom('users')
			.select(['name', 'email', 'email_verified_at'])
			.where('id', '=', userId)
			.executeTakeFirstOrThrow()
		expect(person).toEqual({ name: ADA.name, email: 'Ada@shop.test', email_verified_at: expect.any(Date) })
		expect((await auditOf(house, id)).map(({ action }) => action)).toEqual(['invitation.sent'])
		expect(await auditOf(house, userId)).toMatchObject([
			{ action: 'member.joined', actor: `console:${userId}`, after: { role: 'operator' } },
		])
		await expect(accept(token)).rejects.toMatchObject({ code: 'invitation_accepted' })
	})

	test('adds a team to the account of an address that has one', async () => {
		const second = await addMerchant(house)
		const { userId } = await addColleague(house)
		await sql`update memberships set merchant_id = ${second.merchantId} where user_id = ${userId}`.execute(
			house.owner,
		)
		const email = `${userId}@tillhouse.test`
		await ask(email.toUpperCase(), 'support')
		const token = await mailedToken(house, email.toUpperCase())
		await expect(accept(token, null, house.demo.owner.email)).rejects.toMatchObject({ code: 'other_address' })
		expect(await accept(token, null, email)).toMatchObject({ userId })
		expect((await rolesOf(house))[userId]).toBe('support')
	})

	test('is used once, however many accept at once', async () => {
		await ask('rush@shop.test')
		const token = await mailedToken(house, 'rush@shop.test')
		const results = await Promise.allSettled(Array.from({ length: 8 }, () => accept(token)))
		expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
		const people = house.owner.selectFrom('users').select('id').where('email', '=', 'rush@shop.test')
		expect(await people.execute()).toHaveLength(1)
	})

	test('keeps only the hash of its link', async () => {
		await ask('hash@shop.test')
		const token = await mailedToken(house, 'hash@shop.test')
		const kept = await house.owner
			.selectFrom('mail_tokens')
			.select('kind')
			.where('token_hash', '=', hashOfMailToken(token))
			.execute()
		expect(kept).toEqual([{ kind: 'invitation' }])
		const { rows } = await sql<{ found: boolean }>`
			select exists (select from audit_log where to_jsonb(audit_log)::text like ${`%${token}%`})
				or exists (select from pgboss.job where data::text like ${`%${token}%`}) as found`.execute(house.owner)
		expect(rows).toEqual([{ found: false }])
	})

	test('that ran out, or was taken back, lets nobody in', async () => {
		const late = await ask('late@shop.test')
		const lateToken = await mailedToken(house, 'late@shop.test')
		await age(late, 'expires_at', '7 days')
		await expect(accept(lateToken)).rejects.toMatchObject({ code: 'invitation_expired' })

		const gone = await ask('gone@shop.test')
		const goneToken = await mailedToken(house, 'gone@shop.test')
		await revokeInvitation(house.services, await managerOf(house, ownerId), gone)
		await expect(accept(goneToken)).rejects.toMatchObject({ code: 'invitation_revoked' })
		await expect(accept('x'.repeat(43))).rejects.toMatchObject({ code: 'invitation_not_found' })
		expect(
			await house.owner
				.selectFrom('users')
				.where('email', 'in', ['late@shop.test', 'gone@shop.test'])
				.execute(),
		).toEqual([])
	})

	test('is sent again with seven more days, but not twice within a minute', async () => {
		const id = await ask('again@shop.test')
		const by = await managerOf(house, ownerId)
		await expect(resendInvitation(house.services, by, id)).rejects.toMatchObject({ code: 'sent_just_now' })
		const first = await mailedToken(house, 'again@shop.test')
		await age(id, 'expires_at', '8 days')
		await age(id, 'sent_at', '8 days')
		await resendInvitation(house.services, by, id)
		const second = await mailedToken(house, 'again@shop.test')
		expect(second).not.toBe(first)
		expect(await accept(second)).toMatchObject({ email: 'again@shop.test' })
	})

	test('needs a password that is none of the common ones', async () => {
		await ask('weak@shop.test')
		const token = await mailedToken(house, 'weak@shop.test')
		const weak = accept(token, { ...ADA, password: 'passwordpassword' })
		await expect(weak).rejects.toMatchObject({ kind: 'invalid', param: 'password' })
		await expect(accept(token, null)).rejects.toMatchObject({ param: 'password' })
	})

	test('of a member, of somebody invited already, or to more than one holds is refused', async () => {
		await expect(ask(house.demo.manager.email.toUpperCase())).rejects.toMatchObject({
			code: 'already_member',
		})
		await ask('twice@shop.test')
		await expect(ask('TWICE@shop.test')).rejects.toMatchObject({ code: 'already_invited' })
		const managerId = await userIdOf(house, house.demo.manager.email)
		await expect(ask('boss@shop.test', 'owner', managerId)).rejects.toMatchObject({ code: 'owners_only' })
		await expect(ask('x@shop.test', 'emperor')).rejects.toMatchObject({ code: 'role_unknown' })
	})
})

describe('an own role', () => {
	const NIGHT = {
		name: 'Night desk',
		permissions: ['payments.read', 'refunds.create'],
		limits: [{ permission: 'refunds.create', currency: 'eur', most_minor: '5000' }],
	}

	test('is made, changed and deleted, each audited with what differs', async () => {
		const by = await managerOf(house, ownerId)
		const id = await createRole(house.services, by, NIGHT)
		await changeRole(house.services, by, id, {
			limits: [{ permission: 'refunds.create', currency: 'eur', most_minor: null }],
		})
		await changeRole(house.services, by, id, { permissions: ['payments.read'] })
		await changeRole(house.services, by, id, { permissions: ['payments.read'] })
		await deleteRole(house.services, by, id)
		expect(await auditOf(house, id)).toMatchObject([
			{ action: 'role.created', after: { name: 'Night desk' } },
			{
				action: 'role.changed',
				before: { limits: { 'refunds.create': { eur: '5000' } } },
				after: { limits: { 'refunds.create': { eur: null } } },
			},
			{
				action: 'role.changed',
				before: { permissions: ['payments.read', 'refunds.create'] },
				after: { permissions: ['payments.read'], limits: {} },
			},
			{ action: 'role.deleted', before: { name: 'Night desk' } },
		])
	})

	test('that somebody holds or is invited to stays, by the database as well', async () => {
		const by = await managerOf(house, ownerId)
		const held = await createRole(house.services, by, { ...NIGHT, name: 'Held' })
		await addColleague(house, held)
		const offered = await createRole(house.services, by, { ...NIGHT, name: 'Offered' })
		const invitation = await ask('offered@shop.test', offered)
		for (const id of [held, offered]) {
			await expect(deleteRole(house.services, by, id)).rejects.toMatchObject({ code: 'role_in_use' })
			await expect(
				house.services.db.deleteFrom('roles').where('id', '=', id).execute(),
			).rejects.toMatchObject({
				code: '23503',
			})
		}
		await revokeInvitation(house.services, by, invitation)
		await deleteRole(house.services, by, offered)
	})

	test('has a name of its own, and limits only for what it allows', async () => {
		const by = await managerOf(house, ownerId)
		await createRole(house.services, by, { ...NIGHT, name: 'Once' })
		for (const name of ['ONCE', 'Owner', 'admin']) {
			await expect(createRole(house.services, by, { ...NIGHT, name })).rejects.toMatchObject({
				code: 'role_name_taken',
			})
		}
		const stray = createRole(house.services, by, { ...NIGHT, name: 'Stray', permissions: ['payments.read'] })
		await expect(stray).rejects.toMatchObject({ kind: 'invalid', param: 'limits.refunds.create' })
	})

	test('of another merchant is not there', async () => {
		const second = await addMerchant(house)
		const by = await managerOf(house, ownerId)
		const id = await createRole(house.services, { ...by, merchantId: second.merchantId }, NIGHT)
		await expect(changeRole(house.services, by, id, { name: 'Mine' })).rejects.toMatchObject({
			code: 'role_not_found',
		})
		await expect(deleteRole(house.services, by, id)).rejects.toMatchObject({ code: 'role_not_found' })
		await expect(ask('other@shop.test', id)).rejects.toMatchObject({ code: 'role_unknown' })
	})
})
