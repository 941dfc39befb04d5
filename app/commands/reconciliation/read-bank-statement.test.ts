import { expect, test } from 'vitest'
import { isStatementName, readBankStatement } from './read-bank-statement.server.ts'

const read = (text: string, encoding: BufferEncoding = 'utf8') =>
	readBankStatement(Buffer.from(text, encoding))

const LINE = {
	bookedOn: '2026-11-21',
	amountMinor: 123_456n,
	currency: 'eur',
	text: 'STRIPE, payout',
	line: 2,
}

test('a statement is named as text or a table', () => {
	for (const name of ['november.csv', 'November 2026.CSV', 'bank.txt'])
		expect(isStatementName(name)).toBe(true)
	for (const name of ['november.csv.exe', 'november.html', 'csv', '.csv/../x', 'november.csv ', ''])
		expect(isStatementName(name)).toBe(false)
})

test.each([
	['commas', 'date,amount,currency,text\n2026-11-21,1234.56,EUR,"STRIPE, payout"\n'],
	['semicolons and a decimal comma', 'date;amount;currency;text\n21.11.2026;1.234,56;EUR;STRIPE, payout\n'],
	['tabs', 'date\tamount\tcurrency\ttext\n2026-11-21\t1234,56\teur\tSTRIPE, payout'],
	[
		'another order and more columns',
		'Text;Balance;CURRENCY;Amount;Date\nSTRIPE, payout;9;EUR;1234,56;2026-11-21\n',
	],
	[
		'a byte order mark and Windows lines',
		'\ufeffdate;amount;currency;text\r\n2026-11-21;1234,56;EUR;STRIPE, payout\r\n',
	],
])('a statement with %s', (_, text) => {
	expect(read(text)).toEqual({ ok: true, lines: [LINE] })
})

test('old Windows encoding keeps its letters', () => {
	const statement = read(
		'date;amount;currency;text\n2026-11-21;5,00;EUR;M\u00fcller & S\u00f6hne\n',
		'latin1',
	)
	expect(statement).toMatchObject({ ok: true, lines: [{ text: 'M\u00fcller & S\u00f6hne' }] })
})

test.each([
	['', 1, 'empty'],
	['date,amount,currency\n', 1, 'Missing: text'],
	['2026-11-21,1.00,EUR,x\n', 1, 'Missing: date'],
	['date,amount,currency,text\n', 1, 'no line'],
	['date,amount,currency,text\n2026-11-21,1.00,EUR,x\n\n2026-11-21,1.00,EUR\n', 4, '3 cells'],
	['date,amount,currency,text\n2026-11-21,1,50,EUR,x\n', 2, '5 cells'],
	['date,amount,currency,text\n2026-11-21,1.00,EUR,x\n2026-11-21,one,EUR,x\n', 3, 'not an amount'],
	['date,amount,currency,text\n2026-11-21,1.00,EUR,"x\n', 2, 'quotation marks'],
	['date,amount,currency,text\n2026-11-21,1.00,EUR,x"y"\n', 2, 'quotation marks'],
])('%j names line %i: %s', (text, line, message) => {
	const statement = read(text)
	expect(statement).toMatchObject({
		ok: false,
		problems: [{ line, message: expect.stringContaining(message) }],
	})
})

test('line numbers stay right below an empty line and a text over two lines', () => {
	const statement = read(
		'date,amount,currency,text\n\n2026-11-21,1.00,EUR,"two\nlines"\n2026-11-21,nothing,EUR,x\n',
	)
	expect(statement).toMatchObject({ ok: false, problems: [{ line: 5 }] })
})

test('every bad line is named, up to twenty of them', () => {
	const bad = Array.from({ length: 30 }, (_, at) => `2026-11-21,x${at},EUR,y`).join('\n')
	const statement = read(`date,amount,currency,text\n${bad}\n`)
	const problems = statement.ok ? [] : statement.problems
	expect(problems).toHaveLength(21)
	expect(problems.at(-1)?.message).toBe('10 more lines cannot be read.')
})

test('a statement of more than ten thousand lines is refused', () => {
	const lines = (count: number) => `date,amount,currency,text\n${'2026-11-21,1.00,EUR,x\n'.repeat(count)}`
	expect(read(lines(10_000))).toMatchObject({ ok: true })
	expect(read(lines(10_001))).toMatchObject({ ok: false, problems: [{ line: 10_002 }] })
})
