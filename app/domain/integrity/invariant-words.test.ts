import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { INVARIANT_GROUPS, INVARIANT_WORDS } from './invariant-words.ts'

const SQL = readFileSync('db/invariants.sql', 'utf8')

test('every statement of db/invariants.sql has its sentence, and no sentence is about nothing', () => {
	const ids = [...new Set([...SQL.matchAll(/SELECT '(I\d\d)'/g)].map((match) => match[1]))].sort()
	expect(ids).toHaveLength(31)
	expect(Object.keys(INVARIANT_WORDS).sort()).toEqual(ids)
})

test('every sentence is one sentence, said once, and every group has some', () => {
	const all = Object.values(INVARIANT_WORDS)
	for (const { says } of all) expect(says).toMatch(/^[A-Z][^.]*\.$/)
	expect(new Set(all.map(({ says }) => says)).size).toBe(all.length)
	expect(new Set(all.map(({ group }) => group))).toEqual(new Set(INVARIANT_GROUPS))
})
