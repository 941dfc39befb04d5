import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertBankLines, type NewBankLine } from '#db/queries/bank-lines.ts'
import type { DB } from '#db/schema.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import type { StatementLine } from '../../domain/reconciliation/statement-line.ts'
import { matchBankLines } from './match-bank-lines.server.ts'
import { readBankStatement, type StatementProblem } from './read-bank-statement.server.ts'

type Deps = { db: Kysely<DB>; gateways: Gateways }
type Input = { merchantId: string; fileName: string; bytes: Uint8Array; actor: Cause }

export type UploadedStatement =
	| { ok: true; lines: number; added: number; matched: number }
	/** Nothing was kept. */
	| { ok: false; problems: StatementProblem[] }

const LONGEST_NAME = 200
const TOGETHER = 1_000

/** Names each line by what it says and by how many just like it stand above it: the same line of another file is the same line. */
function hashes(lines: readonly StatementLine[]): string[] {
	const seen = new Map<string, number>()
	return lines.map(({ bookedOn, amountMinor, currency, text }) => {
		const said = JSON.stringify([bookedOn, amountMinor.toString(), currency, text])
		const nth = seen.get(said) ?? 0
		seen.set(said, nth + 1)
		return createHash('sha256').update(`${said}#${nth}`).digest('hex')
	})
}

/** Adds a bank statement, whole or not at all, and books the payouts it shows. The same file again adds nothing. */
export async function uploadBankStatement(deps: Deps, input: Input): Promise<UploadedStatement> {
	const { merchantId, actor } = input
	const read = readBankStatement(input.bytes)
	if (!read.ok) return read
	const names = hashes(read.lines)
	const uploadedBy = causeText(actor)
	const file = input.fileName.slice(0, LONGEST_NAME).replaceAll('\u0000', '')
	const rows = read.lines.map(({ line, bookedOn, amountMinor, currency, text }, at): NewBankLine => ({
		id: newId('bnk'),
		merchant_id: merchantId,
		line_hash: names[at] ?? '',
		file_name: file,
		line,
		booked_on: bookedOn,
		amount_minor: amountMinor,
		currency,
		text,
		uploaded_by: uploadedBy,
	}))
	const added = await inTransaction(deps.db, async (tx) => {
		let count = 0
		for (let first = 0; first < rows.length; first += TOGETHER)
			count += await insertBankLines(tx, rows.slice(first, first + TOGETHER))
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: uploadedBy,
				action: 'bank_statement.uploaded',
				subject_id: rows[0]?.id ?? merchantId,
				payload: { file_name: file, lines: rows.length, added: count },
			},
		])
		return count
	})
	let matched = 0
	for (const { name: provider } of deps.gateways.connected)
		matched += await matchBankLines(deps, { provider, cause: actor })
	return { ok: true, lines: rows.length, added, matched }
}
