import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { leaveTeam, removeMember } from '#app/commands/team/remove-member.server.ts'
import { setMemberRole } from '#app/commands/team/set-member-role.server.ts'
import { createRole } from '#app/commands/team/write-role.server.ts'
import { findMember } from '#db/queries/identity.ts'
import { insertSession } from '#db/queries/identity.ts'
import { memberRole } from '#app/domain/access/member-role.ts'
import { may } from '#app/domain/access/grant.ts'
import { hashOfToken } from '#app/http/session-cookie.server.ts'
import { addMerchant } from '#tests/http/second-merchant.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { times } from '#tests/support/sizes.ts'
import { addColleague } from '../refunds/by-hand.ts'
import { auditOf, managerOf, rolesOf, userIdOf } from './by-hand.ts'

let house: House
let beside: House
let ownerId: string
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	beside = await openHouse({ worker: false, webhooks: false, beside: house })
	ownerId = await userIdOf(house, house.demo.owner.email)
})
afterAll(async () => {
	await beside.close()
	await house.close()
})

const set = async (by: string, userId: string, role: string, { services } = house) =>
	setMemberRole(services, await managerOf(house, by), { userId, role })
const remove = async (by: string, userId: string, { services } = house) =>
	removeMember(services, await managerOf(house, by), userId)
const leave = (userId: string, { services } = house) =>
	leaveTeam(services, { merchantId: house.demo.merchantId, userId })
const refusal = (code: string) => ({ code })

async function openSession(userId: string, merchantId = house.demo.merchantId): Promise<Buffer> {
	const tokenHash = hashOfToken(`${userId}${merchantId}${Math.random()}`)
	await insertSession(house.services.db, { tokenHash, userId, merchantId, hours: 1 })
	return tokenHash
}

describe('a change of role', () => {
	test('counts at the next look at the session, and is audited with before and after', async () => {
		const { userId } = await addColleague(house, 'operator')
		const session = await openSession(userId)
		const mayRefund = async () => {
			const row = await findMember(house.services.db, session, { isSeen: false })
			return row && may(memberRole(row.role, row.own_role).grant, 'refunds.create')
		}
		expect(await mayRefund()).toBe(true)
		await set(ownerId, userId, 'analyst')
		expect(await mayRefund()).toBe(false)
		expect(await auditOf(house, userId)).toEqual([
			{
				action: 'member.role_changed',
				actor: `console:${ownerId}`,
				before: { role: 'operator', title: 'Operator' },
				after: { role: 'analyst', title: 'Analyst' },
			},
		])
		await set(ownerId, userId, 'analyst')
		expect(await auditOf(house, userId)).toHaveLength(1)
	})

	test('to a role that is not there, or of somebody who is not there, is refused', async () => {
		const { userId } = await addColleague(house)
		const second = await addMerchant(house)
		const stranger = await addColleague(house)
		await sql`update memberships set merchant_id = ${second.merchantId} where user_id = ${stranger.userId}`.execute(
			house.owner,
		)
		await expect(set(ownerId, userId, 'emperor')).rejects.toMatchObject(refusal('role_unknown'))
		await expect(set(ownerId, userId, 'rol_01h455vb4pex5vsknk084sn02q')).rejects.toMatchObject(
			refusal('role_unknown'),
		)
		await expect(set(ownerId, stranger.userId, 'admin')).rejects.toMatchObject(refusal('member_not_found'))
		await expect(remove(ownerId, stranger.userId)).rejects.toMatchObject(refusal('member_not_found'))
	})

	test('owners are made and unmade by owners only', async () => {
		const admin = await addColleague(house, 'admin')
		const { userId } = await addColleague(house, 'operator')
		await expect(set(admin.userId, userId, 'owner')).rejects.toMatchObject(refusal('owners_only'))
		await expect(set(admin.userId, admin.userId, 'owner')).rejects.toMatchObject(refusal('owners_only'))
		await expect(set(admin.userId, ownerId, 'analyst')).rejects.toMatchObject(refusal('owners_only'))
		await expect(remove(admin.userId, ownerId)).rejects.toMatchObject(refusal('owners_only'))
		await set(ownerId, userId, 'owner')
		await set(ownerId, userId, 'operator')
		expect((await rolesOf(house))[userId]).toBe('operator')
	})

	test('nobody hands out more than they hold, nor touches somebody who holds more', async () => {
		const lead = await createRole(house.services, await managerOf(house, ownerId), {
			name: 'Team lead',
			permissions: ['team.read', 'team.manage', 'payments.read', 'refunds.create'],
			limits: [{ permission: 'refunds.create', currency: 'eur', most_minor: '5000' }],
		})
		const manager = await addColleague(house, lead)
		const helper = await addColleague(house, 'support')
		const admin = await addColleague(house, 'admin')
		for (const role of ['admin', 'operator', 'developer']) {
			await expect(set(manager.userId, helper.userId, role)).rejects.toMatchObject(refusal('role_above_own'))
		}
		await set(manager.userId, helper.userId, lead)
		await expect(remove(manager.userId, admin.userId)).rejects.toMatchObject(refusal('role_above_own'))
		await expect(set(manager.userId, admin.userId, 'support')).rejects.toMatchObject(
			refusal('role_above_own'),
		)
		const wider = {
			name: 'Wider',
			permissions: ['refunds.create'],
			limits: [{ permission: 'refunds.create', currency: 'eur', most_minor: '5001' }],
		}
		const by = await managerOf(house, manager.userId)
		await expect(createRole(house.services, by, wider)).rejects.toMatchObject(refusal('role_above_own'))
		await expect(createRole(house.services, by, { ...wider, limits: [] })).rejects.toMatchObject(
			refusal('role_above_own'),
		)
	})
})

describe('who goes', () => {
	test('loses their sessions for this merchant in the same commit, and only those', async () => {
		const { userId } = await addColleague(house)
		const second = await addMerchant(house)
		await house.owner
			.insertInto('memberships')
			.values({ merchant_id: second.merchantId, user_id: userId, role: 'support' })
			.execute()
		const [here, there] = [await openSession(userId), await openSession(userId, second.merchantId)]
		await remove(ownerId, userId)
		expect(await findMember(house.services.db, here, { isSeen: false })).toBeUndefined()
		expect(await findMember(house.services.db, there, { isSeen: false })).toMatchObject({ user_id: userId })
		const sessions = house.owner.selectFrom('sessions').select('merchant_id').where('user_id', '=', userId)
		expect(await sessions.execute()).toEqual([{ merchant_id: second.merchantId }])
		expect(await auditOf(house, userId)).toMatchObject([
			{ action: 'member.removed', before: { role: 'operator' } },
		])
	})

	test('may be oneself', async () => {
		const { userId } = await addColleague(house, 'support')
		await leave(userId)
		expect(Object.keys(await rolesOf(house))).not.toContain(userId)
		expect(await auditOf(house, userId)).toMatchObject([
			{ action: 'member.left', actor: `console:${userId}` },
		])
	})
})

describe('the last owner', () => {
	beforeEach(async () => {
		const owners = Object.entries(await rolesOf(house)).filter(([, role]) => role === 'owner')
		expect(owners).toEqual([[ownerId, 'owner']])
	})

	test('can be neither removed nor demoted and cannot leave', async () => {
		await expect(set(ownerId, ownerId, 'admin')).rejects.toMatchObject(refusal('last_owner'))
		await expect(remove(ownerId, ownerId)).rejects.toMatchObject(refusal('last_owner'))
		await expect(leave(ownerId)).rejects.toMatchObject(refusal('last_owner'))
	})

	test('is kept by the database as well', async () => {
		const mine = sql`merchant_id = ${house.demo.merchantId} and user_id = ${ownerId}`
		const kept = { constraint: 'memberships_keep_an_owner' }
		await expect(
			sql`update memberships set role = 'admin' where ${mine}`.execute(house.services.db),
		).rejects.toMatchObject(kept)
		await expect(sql`delete from memberships where ${mine}`.execute(house.services.db)).rejects.toMatchObject(
			kept,
		)
	})

	test.each(Array.from({ length: times(3, 40) }, (_, round) => round))(
		'C8, round %i: of many owners who demote, remove and leave at once through two instances, one stays',
		async () => {
			const others = await Promise.all(Array.from({ length: 5 }, () => addColleague(house, 'owner')))
			const ids = [ownerId, ...others.map(({ userId }) => userId)]
			const managers = new Map(
				await Promise.all(ids.map(async (id) => [id, await managerOf(house, id)] as const)),
			)
			const rush = ids.flatMap((id, index) => {
				const by = managers.get(ids[(index + 1) % ids.length] ?? id)
				if (!by) throw new Error('nobody')
				const [one, two] = index % 2 === 0 ? [house, beside] : [beside, house]
				return [
					() => setMemberRole(one.services, by, { userId: id, role: 'support' }),
					() => removeMember(two.services, by, id),
					() => leave(id, one),
				]
			})
			const results = await Promise.allSettled(rush.map((run) => run()))
			for (const result of results) {
				if (result.status === 'rejected') {
					expect(['last_owner', 'member_not_found']).toContain((result.reason as { code: string }).code)
				}
			}
			const left = Object.entries(await rolesOf(house)).filter(([, role]) => role === 'owner')
			expect(left).toHaveLength(1)
			await house.owner
				.insertInto('memberships')
				.values({ merchant_id: house.demo.merchantId, user_id: ownerId, role: 'owner' })
				.onConflict((row) => row.columns(['merchant_id', 'user_id']).doUpdateSet({ role: 'owner' }))
				.execute()
			await house.owner
				.deleteFrom('memberships')
				.where(
					'user_id',
					'in',
					others.map(({ userId }) => userId),
				)
				.execute()
		},
	)
})
