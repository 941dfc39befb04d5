import { sql } from 'kysely'
import type { OpenBankLine, OpenPayout } from '../../app/domain/reconciliation/match-payouts.ts'
import type { PayoutStatus } from '../../app/domain/reconciliation/ports.ts'
import type { Executor, Tx } from '../client.ts'
import { toJson } from './payments.ts'

export type NewBankLine = {
	id: string
	merchant_id: string
	/** SHA-256 as hex. */
	line_hash: string
	file_name: string
	line: number
	/** ISO date. */
	booked_on: string
	amount_minor: bigint
	currency: string
	text: string
	uploaded_by: string
}

/** Adds the lines that are not there yet; returns how many that were. */
export async function insertBankLines(tx: Tx, lines: readonly NewBankLine[]): Promise<number> {
	if (lines.length === 0) return 0
	const { rows } = await sql`
		insert into bank_lines (id, merchant_id, line_hash, file_name, line, booked_on, amount_minor, currency, text,
			uploaded_by)
		select id, merchant_id, decode(line_hash, 'hex'), file_name, line, booked_on, amount_minor, currency, text, uploaded_by
		from jsonb_to_recordset(${toJson(lines)}::jsonb) as n (id text, merchant_id text, line_hash text, file_name text,
			line integer, booked_on date, amount_minor bigint, currency text, text text, uploaded_by text)
		on conflict (merchant_id, line_hash) do nothing returning id`.execute(tx)
	return rows.length
}

const PAYOUT = sql`
	p.id, p.merchant_id as "merchantId", p.provider_ref as ref, p.amount_minor as "amountMinor", p.currency,
	to_char(p.arrives_at at time zone 'UTC', 'YYYY-MM-DD') as "arrivesOn", p.statement_text as "statementText"`

const LINE = sql`
	l.id, l.merchant_id as "merchantId", to_char(l.booked_on, 'YYYY-MM-DD') as "bookedOn",
	l.amount_minor as "amountMinor", l.currency, l.text`

const IS_UNMATCHED = sql`
	p.status in ('pending', 'in_transit', 'paid') and not exists (select from bank_lines l where l.payout_id = p.id)`

/** Payouts no bank statement has shown, oldest first. */
export async function openPayouts(db: Executor, provider: string, limit: number): Promise<OpenPayout[]> {
	const { rows } = await sql<OpenPayout>`
		select ${PAYOUT} from payouts p where p.provider = ${provider} and ${IS_UNMATCHED}
		order by p.arrives_at, p.id limit ${limit}`.execute(db)
	return rows
}

/** Lines without a payout that could be one of these: of exactly such an amount, and booked around such a day. */
export async function openLinesFor(db: Executor, payouts: readonly OpenPayout[]): Promise<OpenBankLine[]> {
	if (payouts.length === 0) return []
	const { rows } = await sql<OpenBankLine>`
		select distinct ${LINE}
		from jsonb_to_recordset(${toJson(payouts)}::jsonb)
			as p ("merchantId" text, "amountMinor" bigint, currency text, "arrivesOn" date)
		join bank_lines l on l.merchant_id = p."merchantId" and l.amount_minor = p."amountMinor"
			and l.currency = p.currency and l.payout_id is null
			and l.booked_on between p."arrivesOn" - 10 and p."arrivesOn" + 10
		order by 1`.execute(db)
	return rows
}

/** The payout, locked, if no line shows it yet. */
export async function lockOpenPayout(tx: Tx, id: string): Promise<OpenPayout | undefined> {
	const { rows } = await sql<OpenPayout>`
		select ${PAYOUT} from payouts p where p.id = ${id} and ${IS_UNMATCHED} for update`.execute(tx)
	return rows[0]
}

/** False when the line shows another payout already. */
export async function tieLine(tx: Tx, lineId: string, payoutId: string): Promise<boolean> {
	const { rows } = await sql`
		update bank_lines set payout_id = ${payoutId} where id = ${lineId} and payout_id is null returning id`.execute(
		tx,
	)
	return rows.length > 0
}

export type PayoutRow = OpenPayout & {
	status: PayoutStatus
	/** The line of a statement that shows it. */
	bookedOn: string | null
	fileName: string | null
}

/** Latest arrival first. */
export async function listPayouts(db: Executor, merchantId: string, limit: number): Promise<PayoutRow[]> {
	const { rows } = await sql<PayoutRow>`
		select ${PAYOUT}, p.status, to_char(l.booked_on, 'YYYY-MM-DD') as "bookedOn", l.file_name as "fileName"
		from payouts p left join bank_lines l on l.payout_id = p.id
		where p.merchant_id = ${merchantId}
		order by p.arrives_at desc, p.id desc limit ${limit}`.execute(db)
	return rows
}

export type UnmatchedLine = OpenBankLine & { fileName: string; line: number }

/** Lines that show no payout we know, latest first; `total` counts them all. */
export async function listUnmatchedLines(
	db: Executor,
	merchantId: string,
	limit: number,
): Promise<{ lines: UnmatchedLine[]; total: number }> {
	const { rows } = await sql<UnmatchedLine & { total: number }>`
		select ${LINE}, l.file_name as "fileName", l.line, (count(*) over ())::int as total
		from bank_lines l where l.merchant_id = ${merchantId} and l.payout_id is null
		order by l.booked_on desc, l.id desc limit ${limit}`.execute(db)
	return { lines: rows.map(({ total: _total, ...line }) => line), total: rows[0]?.total ?? 0 }
}
