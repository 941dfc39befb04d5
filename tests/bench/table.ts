import type { Row } from './figures/figure.ts'
import type { HostFacts } from '#tests/support/host.ts'

const HEAD = ['figure', 'value', 'unit', 'peer', 'ratio', 'goal']
const RIGHT: ReadonlySet<number> = new Set([1, 4])

const shown = (value: number): string =>
	value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)

const cells = ({ figure, value, unit, peer, ratio, goal }: Row): string[] => [
	figure,
	shown(value),
	unit,
	peer ? `${peer.name} ${shown(peer.value)}` : '',
	ratio === undefined ? '' : ratio.toFixed(2),
	goal ?? '',
]

function aligned(rows: readonly string[][]): string[] {
	const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
	const line = (row: readonly string[]) =>
		row
			.map((cell, column) =>
				RIGHT.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
			)
			.join('  ')
			.trimEnd()
	return rows.map(line)
}

export function tableOf(facts: HostFacts, rows: readonly Row[], notes: readonly string[]): string {
	const [head = '', ...lines] = aligned([HEAD, ...rows.map(cells)])
	const load = facts.loadBefore.join(' ')
	return [
		`${facts.date}, commit ${facts.commit}`,
		`${facts.cores} cores (${facts.cpu}), ${facts.memoryGb} GB, Node ${facts.node}, PostgreSQL ${facts.postgres}`,
		`load average before the run ${load}${facts.busy ? ': others were using this machine, so the figures are too low' : ''}`,
		'',
		head,
		'-'.repeat(Math.max(head.length, ...lines.map((line) => line.length))),
		...lines,
		...(notes.length > 0 ? ['', ...notes.map((note) => `! ${note}`)] : []),
	].join('\n')
}
