import type { HostFacts } from '#tests/support/host.ts'
import type { Outcome } from './figure.ts'

export type Report = Outcome & { name: string; title: string; seconds: number }

const HEAD = ['figure', 'goal', 'measured', 'verdict']

function aligned(rows: readonly string[][]): string[] {
	const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
	return rows.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	)
}

const rowsOf = ({ name, figures }: Report): string[][] =>
	figures.map(({ figure, goal, measured, ok }) => [`${name} ${figure}`, goal, measured, ok ? 'ok' : 'MISSED'])

export function tableOf(facts: HostFacts, seed: number, reports: readonly Report[]): string {
	const [head = '', ...lines] = aligned([HEAD, ...reports.flatMap(rowsOf)])
	return [
		`${facts.date}, commit ${facts.commit}, seed ${seed}`,
		`${facts.cores} cores (${facts.cpu}), ${facts.memoryGb} GB, Node ${facts.node}, PostgreSQL ${facts.postgres}`,
		...reports.map(({ name, title, seconds }) => `${name}: ${title}, ${Math.round(seconds)} s`),
		'',
		head,
		'-'.repeat(Math.max(head.length, ...lines.map((line) => line.length))),
		...lines,
		'',
		...reports.flatMap(({ name, notes }) => notes.map((note) => `! ${name} ${note}`)),
	].join('\n')
}
