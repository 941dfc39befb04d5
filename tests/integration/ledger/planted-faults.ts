import { sql } from 'kysely'
import { newId } from '#app/domain/ids/new-id.ts'
import { conversionJournal } from '#app/domain/ledger/conversion.ts'
import type { Journal } from '#app/domain/ledger/journal.ts'
import type { Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { postJournals } from '#db/queries/ledger.ts'

/** The ids a fault is planted on. Only `refunded` has refunds: one that succeeded. */
export type Ground = {
	merchantId: string
	/** Another business, which takes part in one fault only. */
	otherMerchantId: string
	paid: readonly [string, string]
	refunded: string
	refundId: string
	unpaid: string
}

type Plant = (tx: Tx, ground: Ground) => Promise<unknown>

const run = (text: string): Plant => {
	return (tx) => sql.raw(text).execute(tx)
}

const LAY_ASIDE = `do $$
declare
	c record;
begin
	for c in select conrelid::regclass as tab, conname from pg_constraint
		where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0 loop
		execute format('alter table %s drop constraint %I', c.tab, c.conname);
	end loop;
	for c in select oid::regclass as tab from pg_class
		where relnamespace = 'public'::regnamespace and relkind = 'r' loop
		execute format('alter table %s disable trigger user', c.tab);
	end loop;
end $$`

/** Without triggers and foreign keys: as an intruder with the owner's rights could. */
const past = (plant: Plant): Plant => {
	return async (tx, ground) => {
		await sql.raw(LAY_ASIDE).execute(tx)
		await plant(tx, ground)
	}
}

const audited = (tx: Tx, merchantId: string, payload: Record<string, string | null>) =>
	appendAudit(tx, [
		{ merchant_id: merchantId, actor: 'test', action: 'test.planted', subject_id: 'test', payload },
	])

/** A posting of its own kind, which no payment counts as its capture. */
const feeOf = (ground: Ground, sourceId: string): Journal => ({
	kind: 'fee',
	sourceType: 'payment',
	sourceId,
	merchantId: ground.merchantId,
	gateway: 'stripe',
	lines: [
		{ account: 'fees', amountMinor: 7n, currency: 'eur' },
		{ account: 'merchant_balance', amountMinor: -7n, currency: 'eur' },
	],
})

/** The ledger entry of one account kind in the posting of a payment or refund. */
const entryOf = (kind: string, account: string, sourceId: string): string => `(
	select e.id from ledger_entries e join ledger_transactions t on t.id = e.tx_id
	join ledger_accounts a on a.id = e.account_id
	where t.kind = '${kind}' and t.source_id = '${sourceId}' and a.kind = '${account}')`

/** Entries of two businesses in one transaction: it balances, neither business does. */
const mixBusinesses: Plant = async (tx, { merchantId, otherMerchantId, refundId }) => {
	const { rows } = await sql<{ id: string }>`
		select id from ledger_transactions where kind = 'refund_reserve' and source_id = ${refundId}`.execute(tx)
	for (const [merchant, amount] of [
		[merchantId, 100n],
		[otherMerchantId, -100n],
	] as const) {
		await sql`
			insert into ledger_accounts (id, merchant_id, kind, currency, balance_minor, entry_count)
			values (${newId('acc')}, ${merchant}, 'fees', 'chf', ${amount}, 1)`.execute(tx)
		await sql`
			insert into ledger_entries (id, tx_id, merchant_id, account_id, account_seq, amount_minor, currency)
			select ${newId('ent')}, ${rows[0]?.id}, merchant_id, id, 1, ${amount}, 'chf' from ledger_accounts
			where merchant_id = ${merchant} and currency = 'chf'`.execute(tx)
	}
}

const postTwice: Plant = async (tx, ground) => {
	await sql`alter table ledger_transactions drop constraint
		ledger_transactions_source_type_source_id_kind_key`.execute(tx)
	for (const journal of [feeOf(ground, ground.paid[0]), feeOf(ground, ground.paid[0])]) {
		const [posting = null] = await postJournals(tx, [journal])
		await audited(tx, ground.merchantId, { ledger_tx: posting })
	}
}

const attempt = (fields: string) => `
	insert into payment_attempts (id, merchant_id, payment_id, number, provider, provider_ref, status, request)
	values ('${newId('att')}', ${fields})`

/** Says of a payment in euro that it was quoted from Swiss francs; its capture was never converted. */
const quoteAfterwards = async (tx: Tx, merchantId: string, paymentId: string, presentment: number) => {
	const id = newId('fxq')
	await sql`
		insert into fx_quotes (id, merchant_id, settlement_minor, settlement_currency, presentment_minor,
			presentment_currency, mid_rate, rate, spread_bps, source, as_of, fetched_at, expires_at, used_by_payment)
		values (${id}, ${merchantId}, 1800, 'chf', ${presentment}, 'eur', 1.1, 1.1105, 95, 'ecb', now(), now(), now(),
			${paymentId})`.execute(tx)
	await sql`update payments set fx_quote_id = ${id} where id = ${paymentId}`.execute(tx)
}

const convertTo =
	(settledMinor: bigint, presentment = 1_999): Plant =>
	async (tx, { merchantId, paid: [one] }) => {
		await quoteAfterwards(tx, merchantId, one, presentment)
		const sides = {
			presentment: { minor: 1_999n, currency: 'eur' },
			settlement: { minor: settledMinor, currency: 'chf' },
		}
		const source = { merchantId, gateway: 'stripe', sourceType: 'payment', sourceId: one } as const
		const [posting = null] = await postJournals(tx, [conversionJournal(source, sides)])
		await audited(tx, merchantId, { ledger_tx: posting })
	}

/** One way to break each promise, which breaks no other. */
export const FAULTS: Record<string, Plant> = {
	I01: past(async (tx, { paid: [one, other] }) => {
		for (const [id, delta] of [
			[one, -1],
			[other, 1],
		] as const) {
			const entry = entryOf('capture', 'fees', id)
			await run(`update ledger_entries set amount_minor = amount_minor + ${delta} where id = ${entry}`)(
				tx,
				{} as Ground,
			)
		}
	}),
	I02: past(mixBusinesses),
	I03: run(`update ledger_accounts set balance_minor = balance_minor + 1 where kind = 'fees'`),
	I04: past((tx, { paid: [one] }) =>
		run(`update ledger_entries set currency = 'chf' where tx_id = (
			select id from ledger_transactions where source_id = '${one}')`)(tx, {} as Ground),
	),
	I05: run(`update ledger_accounts set min_balance_minor = 0 where kind = 'merchant_balance'`),
	I06: past(
		run(`update ledger_entries e set account_seq = account_seq + 1 from (
			select account_id, max(account_seq) as last from ledger_entries group by account_id) l
			where e.account_id = l.account_id and e.account_seq = l.last`),
	),
	I07: async (tx, { merchantId, paid: [one] }) => {
		const id = newId('txn')
		await sql`
			insert into ledger_transactions (id, merchant_id, kind, source_type, source_id)
			values (${id}, ${merchantId}, 'fee', 'payment', ${one})`.execute(tx)
		await audited(tx, merchantId, { ledger_tx: id })
	},
	I08: postTwice,
	I09: (tx, { paid: [one] }) =>
		sql`update payments set captured_minor = captured_minor - 1 where id = ${one}`.execute(tx),
	I10: (tx, { merchantId, refunded }) =>
		sql`
			insert into refunds (id, merchant_id, payment_id, amount_minor, currency, status, provider, requested_by,
				next_check_at)
			values (${newId('re')}, ${merchantId}, ${refunded}, 1, 'eur', 'pending', 'stripe', 'test', now())`.execute(
			tx,
		),
	I11: (tx, { refunded }) =>
		sql`update payments set refunded_minor = refunded_minor - 1 where id = ${refunded}`.execute(tx),
	I12: async (tx, ground) => {
		await sql`drop index payment_attempts_one_success`.execute(tx)
		const { merchantId, paid } = ground
		const fields = `'${merchantId}', '${paid[0]}', 2, 'stripe', 'pi_second', 'succeeded', '{}'`
		await run(attempt(fields))(tx, ground)
	},
	I13: (tx, { paid: [one], refundId }) =>
		sql`
			update refunds set provider_ref = (select provider_ref from payment_attempts where payment_id = ${one})
			where id = ${refundId}`.execute(tx),
	I14: run(`
		insert into gateway_observations (livemode, provider, kind, provider_ref, status, amount_minor, currency, occurred_at)
		values (false, 'stripe', 'charge', 'pi_nobody_knows', 'succeeded', 100, 'eur', now())`),
	I15: run(`
		insert into gateway_imports (id, livemode, provider, covered_from, covered_until)
		values ('gim_test', false, 'stripe', now() - interval '1 day', now() + interval '1 day')`),
	I16: (tx, { unpaid }) =>
		sql`
			update payments set created_at = now() - interval '1 day', next_check_at = null
			where id = ${unpaid}`.execute(tx),
	I17: run(`insert into payment_edges (from_status, to_status) values ('succeeded', 'failed')`),
	I18: past((tx, { paid: [one] }) =>
		run(`delete from payment_history where payment_id = '${one}' and to_status = 'succeeded'`)(
			tx,
			{} as Ground,
		),
	),
	I19: run(`
		insert into webhook_inbox (id, livemode, provider, event_id, type, payload, signature_ok, processed_at)
		values ('whk_forged', false, 'stripe', 'evt_forged', 'test', '{}', false, now())`),
	I20: run(`
		insert into pgboss.job (name, data, start_after)
		values ('payments.operate', '{}', now() - interval '10 minutes')`),
	I21: (tx, { paid: [one] }) =>
		sql`delete from events where payment_id = ${one} and type = 'payment.succeeded'`.execute(tx),
	I22: (tx, { merchantId }) =>
		sql`
			insert into idempotency_keys (merchant_id, livemode, route, key, fingerprint, resource_id, locked_until, finished_at)
			values (${merchantId}, false, 'test', 'test', '\\x00', 'pay_x', now(), now())`.execute(tx),
	I23: async (tx, ground) => {
		await audited(tx, ground.merchantId, { said: 'before' })
		const forge = run(`update audit_log set payload = '{"said": "after"}' where action = 'test.planted'`)
		await past(forge)(tx, ground)
	},
	I24: async (tx, ground) => {
		await audited(tx, ground.merchantId, { said: 'last' })
		await past(run(`delete from audit_log where action = 'test.planted'`))(tx, ground)
	},
	I25: (tx, ground) => postJournals(tx, [feeOf(ground, ground.paid[0])]),
	I26: run('alter table payments no force row level security'),
	I27: run('grant update on ledger_entries to app_rw'),
	I28: past((tx, { otherMerchantId, refundId }) =>
		sql`update refunds set merchant_id = ${otherMerchantId} where id = ${refundId}`.execute(tx),
	),
	I29: run('create table loose_change (balance numeric)'),
	I30: (tx, { merchantId }) => audited(tx, merchantId, { note: 'paid with 4242424242424242' }),
	I31: (tx, { merchantId, paid: [one] }) => quoteAfterwards(tx, merchantId, one, 1_999),
}

/** A second way for the promises that have two halves. */
export const MORE_FAULTS: readonly (readonly [string, Plant])[] = [
	[
		'I17',
		past(async (tx, { paid: [one] }) => {
			await sql`
				update payment_history set to_status = 'requires_payment_method'
				where payment_id = ${one} and to_status = 'processing'`.execute(tx)
			await sql`
				update payment_history set from_status = 'requires_payment_method'
				where payment_id = ${one} and to_status = 'succeeded'`.execute(tx)
		}),
	],
	[
		'I16',
		(tx, { refundId, refunded }) =>
			sql`
				with reopened as (update refunds set status = 'pending', created_at = now() - interval '1 day'
					where id = ${refundId} returning amount_minor)
				update payments set refunded_minor = refunded_minor - (select amount_minor from reopened)
				where id = ${refunded}`.execute(tx),
	],
	[
		'I14',
		(tx, { refundId }) =>
			sql`
				insert into gateway_observations
					(livemode, provider, kind, provider_ref, status, amount_minor, currency, occurred_at)
				select false, provider, 'refund', provider_ref, 'succeeded', amount_minor + 1, currency, now()
				from refunds where id = ${refundId}`.execute(tx),
	],
	['I26', run('create table foreign_rows (merchant_id text)')],
	['I27', run('grant truncate on audit_log to app_rw')],
	['I29', run('create table small_change (tip_minor integer)')],
	['I31', convertTo(1_799n)],
	['I31', convertTo(1_800n, 2_000)],
	[
		'I31',
		(tx, { refundId }) =>
			sql`
				update refunds set settlement_minor = 1, settlement_currency = 'chf', fx_result_minor = 0
				where id = ${refundId}`.execute(tx),
	],
	['I03', run(`update ledger_accounts set entry_count = entry_count + 1 where kind = 'gateway_clearing'`)],
]
