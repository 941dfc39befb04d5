import type { Kysely } from 'kysely'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { Vault } from '../../vault/vault.server.ts'
import type { TellingDeps } from '../mail/tell-person.server.ts'

export type FactorTries = {
	/** Counts a try to prove oneself; throws 429 for whoever tried too often. */
	count(userId: string): Promise<void>
	/** After a right one. */
	clear(userId: string): Promise<void>
}

export type FactorDeps = TellingDeps & {
	db: Kysely<DB>
	vault: Vault
	clock: { now: () => Date }
	factorTries: FactorTries
	isPassword: (password: string, phc: string) => Promise<boolean>
	hashPassword: (password: string) => Promise<string>
	env: { http: { baseUrl: string } }
}

/** A person, and the merchant whose audit log says what they did. */
export type Actor = { userId: string; merchantId: string; door?: 'console' | 'api' }

export const auditRow = (
	{ userId, merchantId, door = 'console' }: Actor,
	action: string,
	payload: Record<string, string | number | null> = {},
) => ({ merchant_id: merchantId, actor: `${door}:${userId}`, action, subject_id: userId, payload })

export const wrongCode = () =>
	new DomainError(
		'invalid',
		'code_wrong',
		'This code is not right, or it was used already. Wait for the next one and type that.',
		{ param: 'code' },
	)
