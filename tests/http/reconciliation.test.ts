import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Difference, Reconciliation, ReconciliationRun } from '#app/contracts/reconciliation.ts'
import { runReconciliation } from '#jobs/catalog/reconciliation.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { runNow } from '../integration/payments/by-hand.ts'
import { dashboardOf, reconcile, strangeCharge } from '../integration/reconciliation/plants.ts'
import { addMerchant } from './second-merchant.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())

const PATH = '/api/v1/reconciliation'

test('before the first run there is nothing to show, and the next one is named', async () => {
	const { status, body } = await house.call('GET', PATH)
	expect(status).toBe(200)
	const shown = Reconciliation.parse(body)
	expect(shown).toMatchObject({ last_run: null, current_run: null, open_differences: 0, totals: [] })
	expect(shown.next_run * 1000).toBeGreaterThan(Date.now())
	expect(new Date(shown.next_run * 1000).getUTCMinutes()).toBe(20)
})

test('a run is asked for once, however often it is asked', async () => {
	const first = await house.call('POST', PATH, {}, { 'idempotency-key': 'now-1' })
	expect(first.status).toBe(202)
	expect(ReconciliationRun.parse(first.body)).toMatchObject({ status: 'queued', finished: null })
	const replayed = await house.call('POST', PATH, {}, { 'idempotency-key': 'now-1' })
	expect(replayed.text).toBe(first.text)
	expect(replayed.headers.get('idempotent-replayed')).toBe('true')
	const again = await house.call('POST', PATH, { until: new Date().toISOString() })
	expect(again.body['id']).toBe(first.body['id'])
	expect((await house.call('GET', PATH)).body['current_run']).toMatchObject({ id: first.body['id'] })
	await runNow(house, runReconciliation)
	const { body } = await house.call('GET', PATH)
	expect(body['current_run']).toBeNull()
	expect(body['last_run']).toMatchObject({ id: first.body['id'], status: 'finished', error: null })
})

test.each([
	[{ from: 'yesterday' }, 'from'],
	[{ until: 12 }, 'until'],
	[{ from: '2026-02-01', until: '2026-01-01' }, 'from'],
	[{ since: '2026-01-01' }, 'since'],
])('%o is refused by name', async (body, param) => {
	const answer = await house.call('POST', PATH, body)
	expect(answer.status).toBe(400)
	expect(answer.body['error']).toMatchObject({ param })
})

describe('differences', () => {
	beforeAll(async () => {
		for (let time = 0; time < 3; time++) await strangeCharge('automatic')(house)
		await dashboardOf(house).paymentIntents.create({
			amount: 900,
			currency: 'jpy',
			confirm: true,
			payment_method: 'pm_card_visa',
		})
		await reconcile(house)
	})

	const list = async (query: string) => {
		const { status, body, text } = await house.call('GET', `${PATH}/differences${query}`)
		return {
			status,
			text,
			hasMore: body['has_more'],
			rows: (body['data'] ?? []) as Record<string, unknown>[],
		}
	}

	test('are listed newest first, page by page', async () => {
		const all = await list('')
		expect(all.rows.map((row) => Difference.parse(row).class)).toEqual(['extra', 'extra', 'extra', 'extra'])
		const first = await list('?limit=3')
		expect([first.rows, first.hasMore]).toEqual([all.rows.slice(0, 3), true])
		const rest = await list(`?limit=3&starting_after=${String(first.rows[2]?.['id'])}`)
		expect([rest.rows, rest.hasMore]).toEqual([all.rows.slice(3), false])
		const back = await list(`?ending_before=${String(all.rows[3]?.['id'])}`)
		expect(back.rows).toEqual(all.rows.slice(0, 3))
	})

	test('are filtered by class and by whether they are still open', async () => {
		expect((await list('?class=missing')).rows).toEqual([])
		expect((await list('?class=extra&state=open')).rows).toHaveLength(4)
		expect((await list('?state=closed')).rows).toEqual([])
	})

	test.each(['?state=shut', '?class=odd', '?limit=0', '?starting_after=dif_nobody', '?x=1'])(
		'%s is refused',
		async (query) => {
			expect((await list(query)).status).toBe(400)
		},
	)

	test('sum up, per currency, to what nobody can explain', async () => {
		const { totals, open_differences } = Reconciliation.parse((await house.call('GET', PATH)).body)
		expect(open_differences).toBe(4)
		expect(totals).toEqual([
			{
				provider: 'stripe',
				currency: 'eur',
				unexplained: 3 * (3_300 - 126),
				account: { gateway: 3 * (3_300 - 126), ledger: 0, in_flight: 0, on_the_way: 0 },
			},
			{
				provider: 'stripe',
				currency: 'jpy',
				unexplained: 900 - 56,
				account: { gateway: 900 - 56, ledger: 0, in_flight: 0, on_the_way: 0 },
			},
		])
	})

	test('belong to the merchant that owns the gateway account, and to nobody else', async () => {
		const other = await addMerchant(house)
		const { body } = await house.call('GET', `${PATH}/differences`, undefined, other.headers)
		expect(body['data']).toEqual([])
		const summary = await house.call('GET', PATH, undefined, other.headers)
		expect(summary.body).toMatchObject({ open_differences: 0, totals: [] })
	})
})

test('without a secret key nothing is shown or started', async () => {
	for (const [method, path] of [
		['GET', PATH],
		['POST', PATH],
		['GET', `${PATH}/differences`],
	] as const) {
		expect((await house.call(method, path, undefined, { authorization: '' })).status).toBe(401)
	}
})
