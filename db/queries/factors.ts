import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type TotpRow = { id: string; secret: string; confirmed_at: Date | null; last_step: bigint }

export async function findTotp(db: Executor, userId: string): Promise<TotpRow | undefined> {
	const { rows } = await sql<TotpRow>`
		select id, secret, confirmed_at, last_step from totp_factors where user_id = ${userId}`.execute(db)
	return rows[0]
}

/** Takes the place of one that was never confirmed; false when there is a confirmed one. */
export async function insertTotp(
	tx: Tx,
	totp: { id: string; userId: string; secret: string },
): Promise<boolean> {
	const { numAffectedRows } = await sql`
		insert into totp_factors (id, user_id, secret) values (${totp.id}, ${totp.userId}, ${totp.secret})
		on conflict (user_id) do update set id = excluded.id, secret = excluded.secret, last_step = 0, created_at = now()
			where totp_factors.confirmed_at is null`.execute(tx)
	return numAffectedRows === 1n
}

/** True for the first who brings a code of this step, or of a later one. */
export async function takeTotpStep(
	tx: Tx,
	{ id, step, confirm }: { id: string; step: bigint; confirm: boolean },
): Promise<boolean> {
	const { numAffectedRows } = await sql`
		update totp_factors set last_step = ${step}, confirmed_at = coalesce(confirmed_at, now())
		where id = ${id} and last_step < ${step} and (confirmed_at is null) = ${confirm}`.execute(tx)
	return numAffectedRows === 1n
}

export async function deleteTotp(tx: Tx, userId: string): Promise<boolean> {
	const { numAffectedRows } = await sql`delete from totp_factors where user_id = ${userId}`.execute(tx)
	return numAffectedRows === 1n
}

export async function replaceBackupCodes(tx: Tx, userId: string, hashes: readonly string[]): Promise<void> {
	await sql`delete from backup_codes where user_id = ${userId}`.execute(tx)
	if (hashes.length === 0) return
	await sql`
		insert into backup_codes (user_id, position, code_hash)
		select ${userId}, ordinality - 1, code_hash
		from unnest(${hashes}::text[]) with ordinality as given (code_hash, ordinality)`.execute(tx)
}

type BackupCode = { userId: string; position: number }

/** Null when there is none, or it was used. */
export async function findBackupCode(db: Executor, { userId, position }: BackupCode): Promise<string | null> {
	const { rows } = await sql<{ code_hash: string }>`
		select code_hash from backup_codes
		where user_id = ${userId} and position = ${position} and used_at is null`.execute(db)
	return rows[0]?.code_hash ?? null
}

/** True for the first only. */
export async function takeBackupCode(tx: Tx, { userId, position }: BackupCode): Promise<boolean> {
	const { numAffectedRows } = await sql`
		update backup_codes set used_at = now()
		where user_id = ${userId} and position = ${position} and used_at is null`.execute(tx)
	return numAffectedRows === 1n
}

export type FactorSummary = { has_totp: boolean; passkeys: number; backup_codes_left: number }

/** What a person can prove themselves with besides the password. */
export async function findFactors(db: Executor, userId: string): Promise<FactorSummary> {
	const { rows } = await sql<FactorSummary>`
		select exists (select from totp_factors where user_id = ${userId} and confirmed_at is not null) as has_totp,
			(select count(*)::int from passkeys where user_id = ${userId}) as passkeys,
			(select count(*)::int from backup_codes where user_id = ${userId} and used_at is null)
				as backup_codes_left`.execute(db)
	return rows[0] ?? { has_totp: false, passkeys: 0, backup_codes_left: 0 }
}

/** Everything but the password. */
export async function deleteFactors(tx: Tx, userId: string): Promise<void> {
	for (const table of ['totp_factors', 'passkeys', 'backup_codes', 'pending_log_ins'] as const)
		await tx.deleteFrom(table).where('user_id', '=', userId).execute()
}

/** In how many teams a person is: what one owner does to them must not reach into another's. */
export async function countMemberships(db: Executor, userId: string): Promise<number> {
	const { rows } = await sql<{ count: number }>`
		select count(*)::int as count from memberships where user_id = ${userId}`.execute(db)
	return rows[0]?.count ?? 0
}
