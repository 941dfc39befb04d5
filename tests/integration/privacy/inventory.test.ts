import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House } from '#tests/support/house.ts'
import { disputedPayment } from '../disputes/cases.ts'
import { paymentOf } from '../payments/by-hand.ts'

let house: House
let sections: string[] = []
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
	sections = (await readFile('docs/security/personal-data.md', 'utf8')).split(/^## /m)
})
afterAll(() => house.close())

const NAMED = /^\| `(\w+\.\w+)`/gm
const OTHERS = /^\| `(\w+)` +\| (.*?) *\|$/gm
/** Kysely's own, and tables that are no part of what the app keeps. */
const OF_MIGRATIONS = /^kysely_/

test('the page names every column of the database once, and no other', async () => {
	const { rows } = await sql<{ name: string; table: string }>`
		select table_name as table, table_name || '.' || column_name as name
		from information_schema.columns where table_schema = 'public'`.execute(house.owner)
	const columns = rows.filter(({ table }) => !OF_MIGRATIONS.test(table)).map(({ name }) => name)
	const named = sections.slice(1, 3).flatMap((text) => [...text.matchAll(NAMED)].map(([, name = '']) => name))
	const others = [...(sections[3] ?? '').matchAll(OTHERS)].flatMap(([, table = '', list = '']) =>
		list.split(', ').map((column) => `${table}.${column}`),
	)
	expect([...named, ...others].toSorted()).toEqual(columns.toSorted())
})

/** Whether an object has something at `payments[].card`. */
function hasPath(value: unknown, path: string): boolean {
	const [step = '', ...rest] = path.split('.')
	const name = step.replace('[]', '')
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false
	const inner = (value as Record<string, unknown>)[name]
	if (rest.length === 0) return inner !== null
	return step.endsWith('[]')
		? (inner as unknown[]).some((each) => hasPath(each, rest.join('.')))
		: hasPath(inner, rest.join('.'))
}

test('an export has everything the page says it has', async () => {
	const who = {
		receipt_email: 'whole@example.com',
		client_ip: '8.8.8.8',
		description: 'A mug',
		metadata: { order: '1' },
	}
	const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute', who)
	const evidence = { customer_name: 'Whole Payer' }
	await house.call('POST', `/api/v1/disputes/${dispute.id}/evidence`, { evidence })
	const { payer_id } = await paymentOf(house, paymentId)
	const { body } = await house.call('POST', `/api/v1/privacy/payers/${payer_id ?? ''}/export`, {})
	// An order of the checkout has its items; this payment was made without one.
	const paths = [...(sections[1] ?? '').matchAll(/\| `((?:payments|payer|requests)[\w.[\]]*)` +\|$/gm)]
		.map(([, path = '']) => path)
		.filter((path) => path !== 'payments[].order')
	expect(paths.length).toBeGreaterThan(12)
	expect([...new Set(paths)].filter((path) => !hasPath(body, path))).toEqual([])
})
