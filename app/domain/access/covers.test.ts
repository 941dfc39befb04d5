import { expect, test } from 'vitest'
import { covers } from './covers.ts'
import { grantOf, grantOfRole, type Grant } from './grant.ts'
import type { CurrencyLimits } from './limits.ts'
import { grantOfOwnRole, memberRole } from './member-role.ts'
import { ROLES } from './roles.ts'

const refunds = (lines?: CurrencyLimits): Grant =>
	grantOf(['refunds.create'], lines && { limits: { 'refunds.create': lines } })

test.each<[string, Grant, Grant, boolean]>([
	['the same', refunds({ eur: 5n }), refunds({ eur: 5n }), true],
	['less', refunds({ eur: 5n, usd: null }), refunds({ eur: 4n, usd: 9n }), true],
	['fewer currencies', refunds({ eur: 5n, usd: null }), refunds({ eur: 5n }), true],
	['a limit where one has none', refunds(), refunds({ eur: 5n }), true],
	['more', refunds({ eur: 5n }), refunds({ eur: 6n }), false],
	['no limit where one has a limit', refunds({ eur: 5n }), refunds({ eur: null }), false],
	['every currency where one has some', refunds({ eur: null }), refunds(), false],
	['another currency', refunds({ eur: 5n }), refunds({ usd: 1n }), false],
	['another permission', refunds(), grantOf(['refunds.approve']), false],
	['nothing', grantOf([]), grantOf([]), true],
])('handing out %s', (_, own, given, allowed) => {
	expect(covers(own, given)).toBe(allowed)
})

test('limits of a permission that is not handed out do not count', () => {
	const given = grantOf([], { limits: { 'refunds.create': { eur: null } } })
	expect(covers(refunds({ eur: 5n }), given)).toBe(true)
})

test('owners hand out every role, admins every one but the owner’s', () => {
	for (const role of Object.keys(ROLES)) {
		expect(covers(grantOfRole('owner'), grantOfRole(role))).toBe(true)
		expect(covers(grantOfRole('admin'), grantOfRole(role))).toBe(role !== 'owner')
	}
})

test('an own role is read exactly, and what nobody knows allows nothing', () => {
	const { title, grant } = memberRole('rol_1', {
		name: 'Night desk',
		permissions: ['refunds.create', 'money.print'],
		limits: [
			{ permission: 'refunds.create', currency: 'eur', most_minor: '900719925474099312' },
			{ permission: 'refunds.create', currency: 'usd', most_minor: null },
			{ permission: 'money.print', currency: 'eur', most_minor: '1' },
		],
	})
	expect(title).toBe('Night desk')
	expect([...grant.permissions]).toEqual(['refunds.create'])
	expect(grant.limits).toEqual({ 'refunds.create': { eur: 900_719_925_474_099_312n, usd: null } })
	expect(grant.isOwner).toBe(false)
	expect(memberRole('rol_gone', null).grant.permissions.size).toBe(0)
	expect(grantOfOwnRole({ permissions: [], limits: [] }).permissions.size).toBe(0)
})
