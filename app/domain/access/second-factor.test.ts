import { expect, test } from 'vitest'
import { groupedCode, readCode } from './second-factor.ts'

test.each([
	['123 456', { kind: 'totp', code: '123456' }],
	['4k7f-3m9q-xb2c', { kind: 'backup_code', position: 4, code: '4K7F3M9QXB2C' }],
	['4k7f 3m9q xbol', { kind: 'backup_code', position: 4, code: '4K7F3M9QXB01' }],
	['', { kind: 'neither' }],
	['12345', { kind: 'neither' }],
	['AK7F3M9QXB2C', { kind: 'neither' }],
	['١٢٣٤٥٦', { kind: 'neither' }],
	['1'.repeat(1_000), { kind: 'neither' }],
])('%j is read as what it is', (typed, read) => {
	expect(readCode(typed)).toEqual(read)
})

test('a backup code is shown in groups that can be typed back', () => {
	expect(groupedCode('4K7F3M9QXB2C')).toBe('4K7F-3M9Q-XB2C')
})
