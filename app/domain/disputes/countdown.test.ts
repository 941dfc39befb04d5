import { expect, test } from 'vitest'
import { nextAlert, nextLookSeconds } from './countdown.ts'

const DUE = new Date('2026-12-24T12:00:00Z')
const before = (days: number) => new Date(DUE.getTime() - days * 86_400_000)

test.each([
	[8, null, null],
	[7, null, 7],
	[6.5, 7, null],
	[3, 7, 3],
	[2, 3, null],
	[1, 3, 1],
	[0.5, 1, null],
	[0, 1, 0],
	[-2, 0, null],
	// Heard of late, or after an outage: only what is most urgent is said.
	[2, null, 3],
	[0.2, null, 1],
	[0.2, 7, 1],
	[-1, null, 0],
])('%d days before the due date, after alert %s: alert %s', (days, alerted, expected) => {
	expect(nextAlert(DUE, before(days), alerted)).toBe(expected)
})

test('each alert is sent once however often the clock is looked at', () => {
	let alerted: number | null = null
	const sent: number[] = []
	for (let hours = 24 * 10; hours >= -48; hours--) {
		const alert = nextAlert(DUE, before(hours / 24), alerted)
		if (alert === null) continue
		sent.push(alert)
		alerted = alert
	}
	expect(sent).toEqual([7, 3, 1, 0])
})

test('what is open or waits for money is asked about again, what is over is not', () => {
	const open = { isOpen: true, awaitsMoney: false, isAnswering: false }
	expect(nextLookSeconds(open)).toBe(21_600)
	expect(nextLookSeconds({ ...open, isAnswering: true })).toBe(600)
	expect(nextLookSeconds({ ...open, awaitsMoney: true })).toBe(600)
	expect(nextLookSeconds({ ...open, isOpen: false, awaitsMoney: true })).toBe(3_600)
	expect(nextLookSeconds({ ...open, isOpen: false })).toBeNull()
})
