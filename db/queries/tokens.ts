import { sql } from 'kysely'
import type { OwnRole } from '../../app/domain/access/member-role.ts'
import type { Executor, Tx } from '../client.ts'
import { LACKS_FACTOR, RUNS_HOUSE } from './identity.ts'

type Family = { id: string; userId: string; merchantId: string; expiresAt: Date }

export async function insertTokenFamily(
	tx: Tx,
	{ id, userId, merchantId, expiresAt }: Family,
): Promise<void> {
	await sql`
		insert into token_families (id, user_id, merchant_id, account_id, expires_at)
		select ${id}, ${userId}, id, account_id, ${expiresAt} from merchants where id = ${merchantId}`.execute(tx)
}

export async function insertRefreshToken(
	tx: Tx,
	{ hash, familyId }: { hash: Buffer; familyId: string },
): Promise<void> {
	await sql`insert into refresh_tokens (token_hash, family_id) values (${hash}, ${familyId})`.execute(tx)
}

export type FamilyRow = {
	id: string
	user_id: string
	merchant_id: string
	expires_at: Date
	revoked_at: Date | null
}

/** Locked first: whoever holds the lock sees what became of every token of the log-in. */
export async function lockFamilyOfToken(tx: Tx, tokenHash: Buffer): Promise<FamilyRow | undefined> {
	const { rows } = await sql<FamilyRow>`
		select id, user_id, merchant_id, expires_at, revoked_at from token_families
		where id = (select family_id from refresh_tokens where token_hash = ${tokenHash})
		for update`.execute(tx)
	return rows[0]
}

export type RefreshTokenRow = {
	spent_at: Date | null
	sealed_successor: string | null
	is_successor_spent: boolean
}

export async function readRefreshToken(tx: Tx, tokenHash: Buffer): Promise<RefreshTokenRow | undefined> {
	const { rows } = await sql<RefreshTokenRow>`
		select t.spent_at, t.sealed_successor, s.spent_at is not null as is_successor_spent
		from refresh_tokens t left join refresh_tokens s on s.token_hash = t.successor_hash
		where t.token_hash = ${tokenHash}`.execute(tx)
	return rows[0]
}

export async function spendRefreshToken(
	tx: Tx,
	tokenHash: Buffer,
	{ at, successorHash, sealed }: { at: Date; successorHash: Buffer; sealed: string },
): Promise<void> {
	await sql`
		update refresh_tokens
		set spent_at = ${at}, successor_hash = ${successorHash}, sealed_successor = ${sealed}
		where token_hash = ${tokenHash}`.execute(tx)
}

export async function forgetSuccessor(tx: Tx, tokenHash: Buffer): Promise<void> {
	await sql`update refresh_tokens set sealed_successor = null where token_hash = ${tokenHash}`.execute(tx)
}

type RevokeReason = 'logged_out' | 'refresh_token_reused' | 'ended'

export async function revokeFamily(tx: Tx, id: string, reason: RevokeReason, at: Date): Promise<void> {
	await sql`
		update token_families set revoked_at = ${at}, revoke_reason = ${reason}
		where id = ${id} and revoked_at is null`.execute(tx)
}

/** Of one person everywhere: after a new password, or a log-out from all devices. */
export async function revokeFamiliesOf(tx: Tx, userId: string): Promise<void> {
	await sql`
		update token_families set revoked_at = now(), revoke_reason = 'ended'
		where user_id = ${userId} and revoked_at is null`.execute(tx)
}

export async function deleteOldFamilies(tx: Tx): Promise<void> {
	await sql`delete from token_families where expires_at < now() - interval '1 day'`.execute(tx)
}

export type TokenMemberRow = {
	livemode: boolean
	account_id: string
	account_livemode: boolean
	role: string
	own_role: OwnRole | null
	/** The merchant asks for a second factor, and this person has none. */
	lacks_factor: boolean
	is_suspended: boolean
	runs_house: boolean
	authenticated_at: Date
}

/** The person behind a token, as a member of its merchant now; nobody once the log-in or the membership ended. */
export async function findTokenMember(
	db: Executor,
	{ sessionId, userId, merchantId }: { sessionId: string; userId: string; merchantId: string },
): Promise<TokenMemberRow | undefined> {
	const { rows } = await sql<TokenMemberRow>`
		select b.role, own_role(b.merchant_id, b.role), ${LACKS_FACTOR} as lacks_factor, f.authenticated_at,
			w.livemode, m.id as account_id, m.livemode as account_livemode, w.suspended_at is not null as is_suspended,
			${RUNS_HOUSE} as runs_house
		from token_families f
		join memberships b on b.merchant_id = f.account_id and b.user_id = f.user_id
		join users u on u.id = f.user_id
		join merchants w on w.id = f.merchant_id
		join merchants m on m.id = f.account_id
		where f.id = ${sessionId} and f.user_id = ${userId} and f.merchant_id = ${merchantId}
			and f.revoked_at is null and f.expires_at > now()`.execute(db)
	return rows[0]
}
