import { sql } from 'kysely'
import type { Sealed } from '../../app/domain/privacy/sealed.ts'
import type { Executor, Tx } from '../client.ts'
import type { DataKeyRow } from './data-keys.ts'
import { toJson } from './payments.ts'

/** A payer to find by their hash, or else to make with this key. */
export type AskedPayer = {
	payer_id: string
	merchant_id: string
	/** Null makes a payer nobody can be found as: one who gave no address. */
	email_hash: string | null
	key: DataKeyRow
}

export type ClaimedPayer = DataKeyRow & { asked_id: string; payer_id: string }

/**
 * Finds or makes payers in one statement, each hash at most once among those asked. A payer somebody else is making in
 * the same moment is missing from the answer: they are there for the next call. None can be erased until this
 * transaction ends.
 */
export async function claimPayers(tx: Tx, asked: readonly AskedPayer[]): Promise<ClaimedPayer[]> {
	const list = asked.map(({ key, ...payer }) => ({ ...payer, key_id: key.id, ...key, id: undefined }))
	const { rows } = await sql<ClaimedPayer>`
		with asked as (
			select * from jsonb_to_recordset(${toJson(list)}::jsonb) as a (payer_id text, merchant_id text, email_hash text,
				key_id text, purpose text, kek_id text, wrapped text)
		), known as (
			select a.payer_id as asked_id, p.id as payer_id
			from asked a join payers p on p.merchant_id = a.merchant_id and p.email_hash = a.email_hash
			for key share of p
		), made as (
			insert into payers (id, merchant_id, email_hash)
			select payer_id, merchant_id, email_hash from asked
			where payer_id not in (select asked_id from known)
			-- In one order everywhere, so that two transactions never wait for each other in a circle.
			order by merchant_id, email_hash
			on conflict (merchant_id, email_hash) do update set email_hash = excluded.email_hash
			returning id
		), keys as (
			insert into data_keys (id, merchant_id, subject_id, purpose, kek_id, wrapped)
			select a.key_id, a.merchant_id, a.payer_id, a.purpose, a.kek_id, a.wrapped
			from asked a join made m on m.id = a.payer_id
			returning id, merchant_id, subject_id, purpose, kek_id, wrapped
		)
		select subject_id as asked_id, subject_id as payer_id, id, merchant_id, subject_id, purpose, kek_id, wrapped from keys
		union all
		select k.asked_id, k.payer_id, d.id, d.merchant_id, d.subject_id, d.purpose, d.kek_id, d.wrapped
		from known k join data_keys d on d.subject_id = k.payer_id`.execute(tx)
	return rows
}

/** The payment's row must be locked. */
export async function givePayer(
	tx: Tx,
	{ merchantId, paymentId, payerId }: { merchantId: string; paymentId: string; payerId: string },
): Promise<void> {
	await tx
		.updateTable('payments')
		.set({ payer_id: payerId })
		.where('merchant_id', '=', merchantId)
		.where('id', '=', paymentId)
		.execute()
}

/** Of these, takes back those this transaction has made and no payment names: of a request that was answered before. */
export async function dropUnusedPayers(tx: Tx, ids: readonly string[]): Promise<void> {
	await sql`
		with unused as (
			delete from payers p where p.id = any(${ids}) and p.created_at = now() and not exists (
				select from payments x where x.merchant_id = p.merchant_id and x.payer_id = p.id)
			returning p.id
		)
		delete from data_keys where subject_id in (select id from unused)`.execute(tx)
}

export type PayerRow = {
	id: string
	merchant_id: string
	email_hash: string | null
	created_at: Date
	erased_at: Date | null
}

type Scope = { merchantId: string }

export async function findPayerByHash(
	db: Executor,
	{ merchantId, emailHash }: Scope & { emailHash: string },
): Promise<PayerRow | undefined> {
	return db
		.selectFrom('payers')
		.selectAll()
		.where('merchant_id', '=', merchantId)
		.where('email_hash', '=', emailHash)
		.executeTakeFirst()
}

export async function findPayer(
	db: Executor,
	{ merchantId, id }: Scope & { id: string },
): Promise<PayerRow | undefined> {
	return db
		.selectFrom('payers')
		.selectAll()
		.where('merchant_id', '=', merchantId)
		.where('id', '=', id)
		.executeTakeFirst()
}

/** No payment can be taken from them until the transaction ends. */
export async function lockPayer(
	tx: Tx,
	{ merchantId, id }: Scope & { id: string },
): Promise<PayerRow | undefined> {
	return tx
		.selectFrom('payers')
		.selectAll()
		.where('merchant_id', '=', merchantId)
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst()
}

export async function newestEmail(
	db: Executor,
	{ merchantId, payerId }: Scope & { payerId: string },
): Promise<Sealed | null> {
	const row = await db
		.selectFrom('payments')
		.select('sealed_email')
		.where('merchant_id', '=', merchantId)
		.where('payer_id', '=', payerId)
		.where('sealed_email', 'is not', null)
		.orderBy('created_at', 'desc')
		.limit(1)
		.executeTakeFirst()
	return row?.sealed_email ?? null
}
