import { describe, expect, test } from 'vitest'
import { endOfRolled, grantOfKey, isLive, missingFor, permissionsOfKey } from './api-keys.ts'
import { grantOf, grantOfRole } from './grant.ts'
import { ALL_PERMISSIONS } from './permissions.ts'

const now = new Date('2026-01-01T12:00:00Z')
const at = (iso: string) => new Date(iso)

test('a secret key does all a person can, except deciding who may do what', () => {
	const missing = ALL_PERMISSIONS.filter((one) => !grantOfKey('secret', null).permissions.has(one))
	expect(missing).toEqual(['team.manage', 'keys.manage'])
})

test('a publishable key may do nothing', () => {
	expect(permissionsOfKey('publishable', ['payments.read'])).toEqual([])
})

test('a restricted key has what was chosen; what nobody knows or only people decide is left out', () => {
	expect(permissionsOfKey('restricted', ['payments.read', 'keys.manage', 'toString', 'no.such'])).toEqual([
		'payments.read',
	])
})

test('nobody gives more than they have', () => {
	expect(missingFor(grantOfRole('developer'), ['payments.read', 'refunds.create'])).toEqual([
		'refunds.create',
	])
	expect(missingFor(grantOfRole('owner'), permissionsOfKey('secret', null))).toEqual([])
	const limited = grantOf(['refunds.create', 'payments.read'], {
		limits: { 'refunds.create': { usd: 5_000n } },
	})
	expect(missingFor(limited, ['payments.read', 'refunds.create'])).toEqual(['refunds.create'])
})

describe('a key lives', () => {
	test.each([
		[{ revokedAt: null, expiresAt: null }, true],
		[{ revokedAt: null, expiresAt: at('2026-01-01T12:00:00.001Z') }, true],
		[{ revokedAt: null, expiresAt: now }, false],
		[{ revokedAt: at('2025-12-31T00:00:00Z'), expiresAt: null }, false],
	])('%j: %s', (life, lives) => {
		expect(isLive(life, now)).toBe(lives)
	})
})

test('a rolled key ends with the overlap, never later than it would have', () => {
	expect(endOfRolled(null, now, 24)).toEqual(at('2026-01-02T12:00:00Z'))
	expect(endOfRolled(null, now, 0)).toEqual(now)
	expect(endOfRolled(at('2026-01-01T12:30:00Z'), now, 1)).toEqual(at('2026-01-01T12:30:00Z'))
	expect(endOfRolled(at('2027-01-01T00:00:00Z'), now, 1)).toEqual(at('2026-01-01T13:00:00Z'))
})
