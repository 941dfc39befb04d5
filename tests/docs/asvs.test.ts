import { existsSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { REQUIREMENTS } from './asvs-requirements.ts'

const PAGE = readFileSync('docs/security/asvs.md', 'utf8')
const OTHER_PAGES = ['docs/security.md', 'docs/security/rules.md']

type Row = { id: string; level: string; asks: string; status: string; evidence: string }

const ROWS: Row[] = [...PAGE.matchAll(/^\| (V\d+\.\d+\.\d+) +\|(.*)\|$/gm)].map(([, id = '', rest = '']) => {
	const [level = '', asks = '', status = '', ...evidence] = rest.split('|').map((cell) => cell.trim())
	return { id, level, asks, status, evidence: evidence.join('|') }
})

const withStatus = (status: string): Row[] => ROWS.filter((row) => row.status === status)

const spansOf = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span)

/** In the last column every code span names a file, and after `›` a test or a heading in it. */
const citationsOf = ({ evidence }: Row): string[] => spansOf(evidence)

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** A test's name is the first argument of a call; a page's place is a heading. */
function isNamedIn(file: string, name: string): boolean {
	const text = readFileSync(file, 'utf8')
	return file.endsWith('.md')
		? new RegExp(`^#+ ${escaped(name)}$`, 'm').test(text)
		: /\.test\.tsx?$/.test(file) && new RegExp(`\\(\\s*(['"\`])${escaped(name)}\\1\\s*,`).test(text)
}

function flawOf(citation: string): string | null {
	const [file = '', name] = citation.split(' › ')
	if (!existsSync(file) || !statSync(file).isFile()) return `${file} is not there`
	if (name === undefined) return /\.test\.tsx?$/.test(file) ? `${file} is cited without a test` : null
	return isNamedIn(file, name) ? null : `${file} has nothing called ${name}`
}

test('there are 70 requirements of level 1 and 183 of level 2', () => {
	const levels = [...REQUIREMENTS.values()]
	expect(levels.filter((level) => level === '1')).toHaveLength(70)
	expect(levels.filter((level) => level === '2')).toHaveLength(183)
})

test('every requirement has its row, once, at its level', () => {
	expect(ROWS.map(({ id }) => id).toSorted()).toEqual([...REQUIREMENTS.keys()].toSorted())
	expect(ROWS.filter(({ id, level }) => level !== REQUIREMENTS.get(id))).toEqual([])
})

test('every row says what is asked, how it stands and why', () => {
	const unsaid = ROWS.filter(
		({ asks, status, evidence }) =>
			asks === '' || evidence === '' || !['met', 'not applicable', 'open'].includes(status),
	)
	expect(unsaid).toEqual([])
})

test('what is met has evidence, and all evidence is there', () => {
	expect(withStatus('met').filter((row) => citationsOf(row).length === 0)).toEqual([])
	const flaws = ROWS.flatMap((row) =>
		citationsOf(row).flatMap((citation) => {
			const flaw = flawOf(citation)
			return flaw === null ? [] : [`${row.id}: ${flaw}`]
		}),
	)
	expect(flaws).toEqual([])
})

test('what the other pages cite is there', () => {
	const citations = OTHER_PAGES.flatMap((page) =>
		spansOf(readFileSync(page, 'utf8')).filter((span) => span.includes(' › ')),
	)
	expect(citations).not.toEqual([])
	expect(citations.map(flawOf).filter((flaw) => flaw !== null)).toEqual([])
})

test('what is open says who closes it', () => {
	const unsaid = withStatus('open').filter(({ evidence }) => !/^(Code|Installation): /.test(evidence))
	expect(unsaid).toEqual([])
})

test('the counts at the top are those of the table', () => {
	const open = withStatus('open')
	const counts = [
		`${ROWS.length} requirements`,
		`${withStatus('met').length} met`,
		`${withStatus('not applicable').length} not applicable`,
		`${open.length} open`,
	]
	const closedBy = (who: string) => open.filter(({ evidence }) => evidence.startsWith(`${who}: `)).length
	expect(PAGE).toContain(`**${counts.join(' · ')}**`)
	expect(PAGE).toContain(`${closedBy('Code')} need code, ${closedBy('Installation')} an installation`)
})
