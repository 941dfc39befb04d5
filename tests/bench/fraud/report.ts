import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Latency } from './latency.ts'
import type { Week } from './judge-weeks.ts'

const shown = (value: number | null): string => (value === null ? '–' : value.toFixed(3))
const line = (cells: readonly string[]): string =>
	[(cells[0] ?? '').padEnd(44), ...cells.slice(1).map((cell) => cell.padStart(9))].join(' ')

type Published = { tables: { what: string; models: Record<string, [number, number, number]> }[] }

function publishedLines(folder: string): string[] {
	const { tables } = JSON.parse(readFileSync(join(folder, 'published.json'), 'utf8')) as Published
	return tables.flatMap(({ what, models }) => [
		`published: ${what}`,
		...Object.entries(models).map(([name, figures]) => line([`  ${name}`, ...figures.map(shown)])),
	])
}

const meanOf = (weeks: readonly Week[], pick: (week: Week) => number | null): number =>
	weeks.reduce((sum, week) => sum + (pick(week) ?? 0), 0) / weeks.length

export function weeksReport(weeks: readonly Week[], folder: string): string {
	return [
		line(['', 'AUC', 'AP', 'CP@100']),
		...weeks.map(({ firstDay, payments, frauds, auc, ap, cp100 }) =>
			line([
				`week from day ${firstDay}: ${payments} payments, ${frauds} frauds`,
				...[auc, ap, cp100].map(shown),
			]),
		),
		line([
			'mean',
			...[meanOf(weeks, (w) => w.auc), meanOf(weeks, (w) => w.ap), meanOf(weeks, (w) => w.cp100)].map(shown),
		]),
		line(['floor, on the four test weeks', '0.865', '0.687', '0.303']),
		line(['target, on the four test weeks', '0.875', '0.730', '0.310']),
		...publishedLines(folder),
	].join('\n')
}

export const latencyReport = (figures: readonly Latency[]): string =>
	[
		line(['ms', 'p50', 'p95', 'p99', 'goal p99']),
		...figures.map(({ name, goalMs, ms }) =>
			line([name, shown(ms.p50), shown(ms.p95), shown(ms.p99), `≤ ${goalMs}`]),
		),
	].join('\n')
