import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

type World = { accountId: string; livemode: boolean }

/** The merchant that is this world of an account; undefined while nobody has needed it yet. */
export async function findWorld(db: Executor, { accountId, livemode }: World): Promise<string | undefined> {
	const { rows } = await sql<{ id: string }>`
		select id from merchants where account_id = ${accountId} and livemode = ${livemode}`.execute(db)
	return rows[0]?.id
}

/** The other world of an account: its name, and everything else as a new business has it. False when it is there. */
export async function insertTwin(
	tx: Tx,
	{ id, accountId }: { id: string; accountId: string },
): Promise<boolean> {
	const { rows } = await sql`
		insert into merchants (id, twin_of, livemode, name, statement_descriptor, require_second_factor, suspended_at,
			suspend_reason)
		select ${id}, id, not livemode, name, statement_descriptor, require_second_factor, suspended_at, suspend_reason
		from merchants where id = ${accountId} and twin_of is null
		on conflict (account_id, livemode) do nothing returning 1`.execute(tx)
	return rows.length > 0
}

/** The account a merchant is a world of. */
export async function accountIdOf(db: Executor, merchantId: string): Promise<string | undefined> {
	const { rows } = await sql<{ account_id: string }>`
		select account_id from merchants where id = ${merchantId}`.execute(db)
	return rows[0]?.account_id
}

/** From then on this person comes to that world when they log in. */
export async function rememberWorld(
	tx: Tx,
	{ accountId, userId, worldId }: { accountId: string; userId: string; worldId: string },
): Promise<void> {
	await sql`
		update memberships set last_world_id = ${worldId}
		where merchant_id = ${accountId} and user_id = ${userId}`.execute(tx)
}

/** Whether real money moves in whatever a job is about; undefined when nothing here has that id. */
export async function livemodeOf(db: Executor, id: string): Promise<boolean | undefined> {
	const { rows } = await sql<{ livemode: boolean }>`
		select livemode from payments where id = ${id}
		union all select p.livemode from payment_attempts a join payments p on p.id = a.payment_id where a.id = ${id}
		union all select m.livemode from refunds r join merchants m on m.id = r.merchant_id where r.id = ${id}
		union all select m.livemode from disputes d join merchants m on m.id = d.merchant_id where d.id = ${id}
		union all select livemode from webhook_inbox where id = ${id}
		union all select livemode from reconciliation_runs where id = ${id}
		limit 1`.execute(db)
	return rows[0]?.livemode
}
