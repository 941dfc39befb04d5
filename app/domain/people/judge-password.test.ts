import { describe, expect, test } from 'vitest'
import { judgePassword } from './judge-password.ts'

const CONTEXT = ['corner@lighthouse-lamps.example', 'Lighthouse Lamps', 'Cornelia Brandt']
const codeOf = (password: string) => judgePassword(password, CONTEXT)?.code ?? null

describe('length alone is asked for', () => {
	test.each([
		['fourteen characters', 'kx9-wuv4-tbn2p', 'password_too_short'],
		['fifteen of one kind', 'kwvtbnpqsldhrgm', null],
		['spaces count', 'zebra kettle vo', null],
		['fifteen characters of two units each', '🦊🦉🐢🦋🐙🦑🦞🦀🐡🐬🦭🐳🦈🐊🐅', null],
		['512 units', 'vKq3-'.repeat(103).slice(0, 512), 'password_common'],
		['more than 512', `${'vKq3 wuznelt '.repeat(40)}`, 'password_too_long'],
		['no capital, digit or sign', 'wobbling turnip garden', null],
	])('%s', (_what, password, code) => expect(codeOf(password)).toBe(code))
})

describe('what is tried first is refused', () => {
	test.each([
		'passwordpassword',
		'Password1234567!',
		'qwertyuiopasdfghjkl',
		'123456789012345',
		'aaaaaaaaaaaaaaaaaaaa',
		'abcabcabcabcabcabc',
		'abcdefghijklmnop',
		'correct horse battery staple',
		'Tillhouse-2026-Tillhouse',
		'lighthouse lamps 1',
		'CorneliaBrandt123',
		'Welcome.Summer.2026',
		'iloveyou iloveyou iloveyou',
	])('%s', (password) => expect(codeOf(password)).toBe('password_common'))

	test('the same words are fine with something of one’s own', () => {
		expect(codeOf('lighthouse turnip vexes 1')).toBeNull()
	})
})
