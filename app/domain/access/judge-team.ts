import { DomainError } from '../errors/domain-error.ts'
import { covers } from './covers.ts'
import type { Grant } from './grant.ts'

const forbidden = (code: string, message: string, param = 'role'): never => {
	throw new DomainError('forbidden', code, message, { param })
}

/** Throws when this person may not hand `given` to somebody. */
export function requireToGive(own: Grant, given: Grant, param?: string): void {
	if (given.isOwner && !own.isOwner)
		forbidden('owners_only', 'Only an owner can make somebody an owner.', param)
	if (!covers(own, given)) {
		forbidden('role_above_own', 'This role may do more than you may yourself. Ask an owner for it.', param)
	}
}

/** Throws when this person may not change or remove somebody who may do `theirs`. */
export function requireAbove(own: Grant, theirs: Grant): void {
	if (theirs.isOwner && !own.isOwner) {
		forbidden('owners_only', 'Only an owner can change or remove an owner.')
	}
	if (!covers(own, theirs)) {
		forbidden('role_above_own', 'This person may do more than you may yourself. Ask an owner to change it.')
	}
}

/** Throws when the team would be left without an owner. Under the team's lock. */
export function requireOwnerLeft(owners: number, isOneLess: boolean): void {
	if (!isOneLess || owners > 1) return
	throw new DomainError(
		'conflict',
		'last_owner',
		'A team needs an owner, and this is the last one. Make somebody else an owner first.',
	)
}
