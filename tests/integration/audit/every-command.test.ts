import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type House } from '#tests/support/house.ts'
import { ACCESS_AUDITED, ACCESS_QUIET, ACCESS_SHOWN_ELSEWHERE } from './access-commands.ts'
import { AUDITED, QUIET, SHOWN_ELSEWHERE } from './commands.ts'

const FOLDER = 'app/commands'
/** Secrets, and addresses but for a colleague's. */
const KEPT_FROM_IT = /pm_card_|sk_test|whsec_|@(?!colleagues\.test)/
const SHOWS = { ...AUDITED, ...ACCESS_AUDITED }

/** Those whose commands are listed here; other areas show their lines in their own tests. */
const AREAS = [
	'api-keys',
	'attention',
	'audit',
	'checkout',
	'disputes',
	'factors',
	'fx',
	'idempotency',
	'integrity',
	'merchants',
	'methods',
	'payments',
	'people',
	'privacy',
	'queues',
	'reconciliation',
	'refunds',
	'routing',
	'team',
	'tokens',
	'webhooks',
]

async function commands(): Promise<string[]> {
	const found: string[] = []
	for (const area of AREAS) {
		for (const file of await readdir(join(FOLDER, area))) {
			if (!file.endsWith('.server.ts')) continue
			const text = await readFile(join(FOLDER, area, file), 'utf8')
			if (text.includes('inTransaction(')) found.push(`${area}/${file.replace('.server.ts', '')}`)
		}
	}
	return found.sort()
}

test('every command either leaves a line that is shown here, or says why it leaves none', async () => {
	const listed = [SHOWS, SHOWN_ELSEWHERE, ACCESS_SHOWN_ELSEWHERE, QUIET, ACCESS_QUIET].flatMap(Object.keys)
	expect(listed.toSorted()).toEqual(await commands())
})

describe('leaves exactly one line', () => {
	let house: House
	beforeAll(async () => {
		house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
	})
	afterAll(() => house.close())

	const lines = async () =>
		house.owner
			.selectFrom('audit_log')
			.select(['merchant_id', 'seq', 'action', 'reason', 'actor', 'payload', 'before', 'after'])
			.orderBy('seq')
			.execute()

	test.each(Object.entries(SHOWS))('%s', async (_, { action, reason, prepare }) => {
		const run = await prepare(house)
		const before = new Set((await lines()).map(({ merchant_id, seq }) => `${merchant_id} ${seq}`))
		await run()
		const added = (await lines()).filter(({ merchant_id, seq }) => !before.has(`${merchant_id} ${seq}`))
		expect(added).not.toEqual([])
		for (const record of Object.values(Object.groupBy(added, ({ merchant_id }) => merchant_id)))
			expect(record?.map((line) => line.action)).toEqual([action])
		if (reason !== undefined) expect(added[0]?.reason).toBe(reason)
		expect(
			JSON.stringify(added, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
		).not.toMatch(KEPT_FROM_IT)
	})
})
