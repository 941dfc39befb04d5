import { DomainError } from '../errors/domain-error.ts'
import { toDecimal, type Money } from '../money/money.ts'
import { may, type Grant } from './grant.ts'
import type { LimitedPermission } from './limits.ts'
import { PERMISSIONS } from './permissions.ts'

export type MoveVerdict =
	| { ok: true }
	| { ok: false; why: 'role_not_allowed' | 'currency_not_allowed'; most: null }
	| { ok: false; why: 'above_role_limit'; most: Money }

/** Whether this caller may decide alone that `money` moves. */
export function mayMove(grant: Grant, permission: LimitedPermission, money: Money): MoveVerdict {
	if (!may(grant, permission)) return { ok: false, why: 'role_not_allowed', most: null }
	const limits = grant.limits[permission]
	if (!limits) return { ok: true }
	if (!Object.hasOwn(limits, money.currency)) return { ok: false, why: 'currency_not_allowed', most: null }
	const minor = limits[money.currency] ?? null
	if (minor === null || money.minor <= minor) return { ok: true }
	return { ok: false, why: 'above_role_limit', most: { minor, currency: money.currency } }
}

const VERBS: Record<LimitedPermission, string> = {
	'payments.operate': 'capture',
	'reviews.decide': 'approve payments of',
	'refunds.create': 'refund',
	'refunds.approve': 'approve refunds of',
}

const inWords = (money: Money): string => `${toDecimal(money)} ${money.currency.toUpperCase()}`

function messageOf(verdict: MoveVerdict & { ok: false }, permission: LimitedPermission, { currency }: Money) {
	switch (verdict.why) {
		case 'role_not_allowed':
			return `Your role does not allow this: ${PERMISSIONS[permission].toLowerCase()}.`
		case 'currency_not_allowed':
			return `Your role lets you ${VERBS[permission]} no ${currency.toUpperCase()}. No money was moved. Ask a colleague whose role does.`
		case 'above_role_limit':
			return `Your role lets you ${VERBS[permission]} at most ${inWords(verdict.most)}. No money was moved. Ask a colleague with a higher limit.`
	}
}

/** Throws the refusal, naming the limit. Under the lock of the row that `money` was read from. */
export function requireMove(grant: Grant, permission: LimitedPermission, money: Money, param?: string): void {
	const verdict = mayMove(grant, permission, money)
	if (verdict.ok) return
	const message = messageOf(verdict, permission, money)
	throw new DomainError('forbidden', verdict.why, message, {
		...(param !== undefined && verdict.why === 'above_role_limit' && { param }),
		...(verdict.most && {
			extra: { limit_minor: verdict.most.minor.toString(), currency: verdict.most.currency },
		}),
	})
}
