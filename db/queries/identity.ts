import { sql } from 'kysely'
import type { OwnRole } from '../../app/domain/access/member-role.ts'
import type { Executor } from '../client.ts'

export type LoginRow = { user_id: string; password_hash: string | null; merchant_id: string }

/** The person behind an e-mail address, and where they stood last at the first business they joined. */
export async function findLogin(db: Executor, email: string): Promise<LoginRow | undefined> {
	const { rows } = await sql<LoginRow>`
		select u.id as user_id, u.password_hash, coalesce(m.last_world_id, m.merchant_id) as merchant_id
		from users u join memberships m on m.user_id = u.id
		where lower(u.email) = lower(${email})
		order by m.created_at limit 1`.execute(db)
	return rows[0]
}

/** Whether the account `m` asks for a second factor that the person `u` does not have. */
export const LACKS_FACTOR = sql<boolean>`(m.require_second_factor
	and not exists (select from totp_factors f where f.user_id = u.id and f.confirmed_at is not null)
	and not exists (select from passkeys p where p.user_id = u.id))`

/** Whether the account `m` is the one that runs the installation. */
export const RUNS_HOUSE = sql<boolean>`(m.id = gateway_account_owner())`

export type MemberRow = {
	user_id: string
	merchant_id: string
	merchant_name: string
	/** The world the session stands in. */
	livemode: boolean
	/** The first world of the same business, whose id its team goes by. */
	account_id: string
	account_livemode: boolean
	email: string
	name: string
	role: string
	/** The merchant asks for a second factor, and this person has none. */
	lacks_factor: boolean
	is_suspended: boolean
	/** Theirs is the business that runs the installation. */
	runs_house: boolean
	own_role: OwnRole | null
}

/**
 * The person of a live session. Idle 30 minutes end it: `last_seen_at` moves at most once a minute, and not by a look
 * that nobody made (`isSeen: false`).
 */
export async function findMember(
	db: Executor,
	tokenHash: Buffer,
	{ isSeen }: { isSeen: boolean },
): Promise<MemberRow | undefined> {
	const { rows } = await sql<MemberRow>`
		with seen as (
			update sessions set last_seen_at = now()
			where ${isSeen} and token_hash = ${tokenHash} and last_seen_at < now() - interval '1 minute'
				and last_seen_at > now() - interval '30 minutes' and expires_at > now()
		)
		select u.id as user_id, s.merchant_id, w.name as merchant_name, w.livemode, m.id as account_id,
			m.livemode as account_livemode, u.email, u.name, b.role, own_role(b.merchant_id, b.role),
			${LACKS_FACTOR} as lacks_factor, w.suspended_at is not null as is_suspended, ${RUNS_HOUSE} as runs_house
		from sessions s
		join users u on u.id = s.user_id
		join merchants w on w.id = s.merchant_id
		join merchants m on m.id = s.account_id
		join memberships b on b.merchant_id = s.account_id and b.user_id = s.user_id
		where s.token_hash = ${tokenHash} and s.expires_at > now()
			and s.last_seen_at > now() - interval '30 minutes'`.execute(db)
	return rows[0]
}

export async function insertSession(
	db: Executor,
	session: {
		tokenHash: Buffer
		userId: string
		merchantId: string
		hours: number
		/** What it is recognised by in the list of one's devices. */
		device?: { userAgent: string | null; network: string }
	},
): Promise<void> {
	await sql`
		insert into sessions (token_hash, user_id, merchant_id, account_id, user_agent, network, expires_at)
		select ${session.tokenHash}, ${session.userId}, id, account_id,
			${session.device?.userAgent ?? null}, ${session.device?.network ?? null},
			now() + make_interval(hours => ${session.hours})
		from merchants where id = ${session.merchantId}`.execute(db)
}

export async function deleteSession(db: Executor, tokenHash: Buffer): Promise<void> {
	await sql`delete from sessions where token_hash = ${tokenHash} or expires_at < now()`.execute(db)
}

export async function findMembership(
	db: Executor,
	{ merchantId, userId }: { merchantId: string; userId: string },
): Promise<{ role: string } | undefined> {
	return db
		.selectFrom('memberships')
		.select('role')
		.where('merchant_id', '=', merchantId)
		.where('user_id', '=', userId)
		.executeTakeFirst()
}

/** The merchant a person comes to when they sign in: where they stood last at the first business they joined. */
export async function findFirstMembership(db: Executor, userId: string): Promise<string | null> {
	const { rows } = await sql<{ merchant_id: string }>`
		select coalesce(last_world_id, merchant_id) as merchant_id from memberships
		where user_id = ${userId} order by created_at limit 1`.execute(db)
	return rows[0]?.merchant_id ?? null
}

export async function merchantName(db: Executor, merchantId: string): Promise<string> {
	const { rows } = await sql<{ name: string }>`select name from merchants where id = ${merchantId}`.execute(
		db,
	)
	return rows[0]?.name ?? ''
}
