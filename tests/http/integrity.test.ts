import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyIntegrity } from '#app/commands/integrity/verify-integrity.server.ts'
import { IntegrityReport } from '#app/contracts/integrity.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { chargedPayment } from '../integration/payments/by-hand.ts'
import { expectRefusal } from './refusal.ts'

let house: House
let paid: string
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	paid = await chargedPayment(house)
})
afterAll(() => house.close())

/** As anybody asks: without a key. */
async function report(): Promise<IntegrityReport> {
	const { status, text, body } = await house.call('GET', '/api/v1/integrity', undefined, {
		authorization: '',
	})
	expect(status).toBe(200)
	// Nothing of a business, a payment or a person is in it.
	expect(text).not.toMatch(/\b(mer|pay|usr|att|txn|int|key)_/)
	return IntegrityReport.parse(body)
}

test('before the first check nothing is claimed', async () => {
	const said = await report()
	expect(said).toMatchObject({ status: 'never', checked_ms: null, rows_checked: null, runs: [] })
	expect(said.promises).toHaveLength(31)
	expect(new Set(said.promises.map(({ violations }) => violations))).toEqual(new Set([null]))
})

test('a clean check is told with what was read', async () => {
	await verifyIntegrity(house.services, 'test')
	const said = await report()
	expect(said).toMatchObject({ status: 'holds', violations: 0, runs: [{ result: 'holds' }] })
	expect(said.rows_checked).toBeGreaterThan(0)
	expect(new Set(said.promises.map(({ violations }) => violations))).toEqual(new Set([0]))
})

test('a broken promise is told by its number, not by its rows', async () => {
	await sql`update payments set captured_minor = captured_minor - 1 where id = ${paid}`.execute(house.owner)
	await verifyIntegrity(house.services, 'test')
	const said = await report()
	expect(said).toMatchObject({ status: 'broken', violations: 1 })
	expect(said.promises.filter(({ violations }) => violations !== 0)).toMatchObject([
		{ id: 'I09', violations: 1 },
	])
	await sql`update payments set captured_minor = amount_minor where id = ${paid}`.execute(house.owner)
})

test('a check that could not be made, and one of long ago, are not called good', async () => {
	await verifyIntegrity(house.services, 'test')
	const inspect = () => Promise.reject(new Error('postgres://user:secret@host did not answer'))
	await expect(verifyIntegrity({ ...house.services, inspect }, 'test')).rejects.toThrow()
	expect(await report()).toMatchObject({ status: 'failed', violations: 0 })
	expect(JSON.stringify(await report())).not.toContain('secret')
	await sql`
		update integrity_runs set started_at = started_at - interval '3 hours',
			finished_at = finished_at - interval '3 hours'`.execute(house.owner)
	expect(await report()).toMatchObject({ status: 'stale' })
})

test('it is only read', async () => {
	expectRefusal(await house.call('POST', '/api/v1/integrity', {}), 405, { code: 'method_not_allowed' })
})
