import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDomainError } from '../errors/domain-error.ts'
import { grantOf, grantOfRole, HOUSE_GRANT } from './grant.ts'
import { LIMITED_PERMISSIONS } from './limits.ts'
import { mayMove, requireMove } from './may-move.ts'

const eur = (minor: bigint) => ({ minor, currency: 'eur' })
const clerk = grantOf(['refunds.create', 'payments.operate'], {
	limits: { 'refunds.create': { eur: 5_000n, jpy: null } },
})

const refusalOf = (run: () => void) => {
	try {
		run()
		return null
	} catch (error) {
		if (!isDomainError(error)) throw error
		return error
	}
}

test('up to the limit and not one unit more', () => {
	fc.assert(
		fc.property(fc.bigInt({ min: 1n, max: 10_000n }), (minor) => {
			expect(mayMove(clerk, 'refunds.create', eur(minor)).ok).toBe(minor <= 5_000n)
		}),
	)
})

test.each([
	['a line without an amount is no limit', 'refunds.create', { minor: 10n ** 12n, currency: 'jpy' }, null],
	[
		'a permission without lines has no limit',
		'payments.operate',
		{ minor: 10n ** 12n, currency: 'usd' },
		null,
	],
	[
		'a currency without a line is refused',
		'refunds.create',
		{ minor: 1n, currency: 'usd' },
		'currency_not_allowed',
	],
	['a permission that is missing is refused', 'refunds.approve', eur(1n), 'role_not_allowed'],
	[
		'what objects inherit is no line',
		'refunds.create',
		{ minor: 1n, currency: 'constructor' },
		'currency_not_allowed',
	],
] as const)('%s', (_, permission, money, why) => {
	const verdict = mayMove(clerk, permission, money)
	expect(verdict.ok ? null : verdict.why).toBe(why)
})

test('the refusal names the limit in words and in minor units', () => {
	const refusal = refusalOf(() => requireMove(clerk, 'refunds.create', eur(5_001n), 'amount'))
	expect(refusal).toMatchObject({
		kind: 'forbidden',
		code: 'above_role_limit',
		param: 'amount',
		extra: { limit_minor: '5000', currency: 'eur' },
	})
	expect(refusal?.message).toContain('at most 50.00 EUR')
	expect(refusal?.message).toContain('No money was moved')
	const other = refusalOf(() =>
		requireMove(clerk, 'refunds.create', { minor: 1n, currency: 'usd' }, 'amount'),
	)
	expect(other?.message).toContain('no USD')
	expect(refusalOf(() => requireMove(clerk, 'refunds.approve', eur(1n)))?.message).toContain(
		'Your role does not allow this: approve refunds that need a second person.',
	)
})

test('the house and the roles that every merchant has know no limits', () => {
	for (const permission of LIMITED_PERMISSIONS) {
		for (const grant of [HOUSE_GRANT, grantOfRole('owner'), grantOfRole('admin')]) {
			expect(mayMove(grant, permission, eur(10n ** 12n))).toEqual({ ok: true })
		}
		for (const role of ['analyst', 'developer', 'support', 'nobody', 'toString']) {
			expect(mayMove(grantOfRole(role), permission, eur(1n)).ok).toBe(false)
		}
	}
})
