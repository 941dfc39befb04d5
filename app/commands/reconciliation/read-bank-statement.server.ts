import { CsvError, parse } from 'csv-parse/sync'
import { readStatementLine, type StatementLine } from '../../domain/reconciliation/statement-line.ts'

/** What is wrong with one line of the file, for a person; line 1 is the header. */
export type StatementProblem = { line: number; message: string }
export type ReadStatement =
	{ ok: true; lines: (StatementLine & { line: number })[] } | { ok: false; problems: StatementProblem[] }

export const MOST_STATEMENT_BYTES = 1024 * 1024

/** By its name; what is in it is read strictly all the same. */
export const isStatementName = (fileName: string): boolean => /\.(csv|txt)$/i.test(fileName)

const MOST_LINES = 10_000
const MOST_PROBLEMS = 20

const COLUMNS = ['date', 'amount', 'currency', 'text'] as const

const wrong = (line: number, message: string): ReadStatement => ({ ok: false, problems: [{ line, message }] })

/** Banks still write in the encoding of old Windows; what is no UTF-8 is taken for that. */
function decoded(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
	} catch {
		return new TextDecoder('windows-1252').decode(bytes)
	}
}

/** The mark that stands between the names of the header: a comma, a semicolon or a tab. */
function delimiterOf(text: string): string {
	const header = /^[^\r\n]*/.exec(text)?.[0] ?? ''
	const count = (mark: string) => header.split(mark).length
	return [';', '\t', ','].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ',')
}

type Row = { cells: string[]; line: number }

function rowsOf(text: string): Row[] | StatementProblem {
	const rows: Row[] = []
	try {
		parse(text, {
			delimiter: delimiterOf(text),
			on_record: (cells: string[], { lines: line }) => {
				rows.push({ cells, line })
				return null
			},
			relax_column_count: true,
			skip_empty_lines: true,
			to: MOST_LINES + 2,
			trim: true,
		})
		return rows
	} catch (error) {
		if (!(error instanceof CsvError)) throw error
		const line: unknown = error['lines']
		return {
			line: typeof line === 'number' ? line : 1,
			message: 'The quotation marks of this line do not fit together.',
		}
	}
}

/** Reads a bank statement: CSV with a header that names date, amount, currency and text, in any order. */
export function readBankStatement(bytes: Uint8Array): ReadStatement {
	const text = decoded(bytes).replace(/^\ufeff/, '')
	if (text.trim() === '') return wrong(1, 'The file is empty.')
	const rows = rowsOf(text)
	if (!Array.isArray(rows)) return { ok: false, problems: [rows] }
	const [header, ...records] = rows
	const names = (header?.cells ?? []).map((name) => name.toLowerCase())
	const missing = COLUMNS.filter((name) => !names.includes(name))
	if (missing.length > 0) {
		const said = `The first line must name the columns date, amount, currency and text. Missing: ${missing.join(', ')}.`
		return wrong(1, said)
	}
	if (records.length === 0) return wrong(1, 'There is no line below the header.')
	if (records.length > MOST_LINES)
		return wrong(MOST_LINES + 2, `A statement has at most ${MOST_LINES} lines.`)
	const place = Object.fromEntries(COLUMNS.map((name) => [name, names.indexOf(name)]))
	const cell = (cells: string[], name: string) => cells[place[name] ?? -1] ?? ''
	const problems: StatementProblem[] = []
	const lines = records.flatMap(({ cells, line }) => {
		if (cells.length !== names.length) {
			const message = `This line has ${cells.length} cells, the header ${names.length}. A cell with the separator in it belongs in quotation marks.`
			problems.push({ line, message })
			return []
		}
		const read = readStatementLine({
			date: cell(cells, 'date'),
			amount: cell(cells, 'amount'),
			currency: cell(cells, 'currency'),
			text: cell(cells, 'text'),
		})
		if (read.ok) return [{ ...read.line, line }]
		problems.push({ line, message: read.message })
		return []
	})
	if (problems.length === 0) return { ok: true, lines }
	const shown = problems.slice(0, MOST_PROBLEMS)
	const more = problems.length - shown.length
	const last = shown.at(-1)
	if (more > 0 && last) shown.push({ line: last.line, message: `${more} more lines cannot be read.` })
	return { ok: false, problems: shown }
}
