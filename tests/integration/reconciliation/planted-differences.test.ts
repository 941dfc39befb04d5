import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVERY_INVARIANT, violations } from '../ledger/invariants.ts'
import { balancesOf, chargedPayment } from '../payments/by-hand.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import {
	differences,
	emptyPromise,
	emptyRefund,
	feeOf,
	lateMoney,
	lyingAnswer,
	missedMessage,
	missedRefund,
	reconcile,
	residuals,
	secondCharge,
	secondRefund,
	strangeCharge,
	strangeRefund,
	wrongRefund,
	type Plant,
	type Planted,
} from './plants.ts'

const PLANTS: [times: number, plant: Plant][] = [
	[4, lyingAnswer('wrong_amount')],
	[4, lyingAnswer('wrong_currency')],
	[4, strangeCharge('automatic')],
	[2, strangeCharge('manual')],
	[4, emptyPromise],
	[4, secondCharge],
	[5, missedMessage],
	[3, lateMoney],
	[4, strangeRefund],
	[3, missedRefund],
	[3, emptyRefund],
	[2, secondRefund],
	[2, feeOf(null)],
	[3, feeOf(1n)],
	// Last: its own refund job must not run, and the other plants of refunds run what waits.
	[3, wrongRefund],
]

/** With the worker off, what waits for it stands still; the rest must hold. */
const NEEDS_WORKER = ['I16', 'I20']

let house: House
const planted: Planted[] = []
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
	for (let sound = 0; sound < 5; sound++) await chargedPayment(house)
	for (const [times, plant] of PLANTS) {
		for (let time = 0; time < times; time++) planted.push(await plant(house))
	}
}, 120_000)
afterAll(() => house.close())

const named = (rows: readonly Planted[]) =>
	rows.map((row) => `${row.class} ${row.kind} ${row.ref} ${row.outcome ?? 'listed'}`).sort()

const listed = async () =>
	named(
		(await differences(house)).map((row) => ({
			...row,
			ref: row.provider_ref,
			outcome: row.outcome as 'healed' | null,
		})),
	)

test('fifty planted differences are found, each with its class, and nothing else', async () => {
	expect(planted).toHaveLength(50)
	const run = await reconcile(house)
	expect(await listed()).toEqual(named(planted))
	expect(run).toMatchObject({ found: 36, healed: 14, error: null })
	expect(residuals(run)).toEqual({ eur: '0', usd: '0' })
})

test('what is on the list accounts for all that lies between the two books', async () => {
	const open = (await differences(house)).filter((row) => row.closed_at === null)
	const { gateway_clearing: ours = 0n } = await balancesOf(house)
	const account = await house.services.db
		.selectFrom('gateway_movements')
		.select((select) => select.fn.sum<bigint>('net_minor').as('net'))
		.where('currency', '=', 'eur')
		.executeTakeFirstOrThrow()
	const explained = open
		.filter((row) => row.currency === 'eur')
		.reduce((sum, row) => sum + row.effect_minor, 0n)
	expect(BigInt(account.net) - ours).toBe(explained)
})

test('every difference that stays is before a person; the promises hold but for the money that is not there', async () => {
	const missing = (await differences(house)).filter((row) => row.class === 'missing' && row.kind === 'charge')
	const broken = await violations(
		house.owner,
		EVERY_INVARIANT.filter((name) => !NEEDS_WORKER.includes(name)),
	)
	expect(broken.sort()).toEqual(missing.map((row) => `I15 ${row.subject_id} succeeded`).sort())
	const items = await house.services.db
		.selectFrom('attention_items')
		.select('subject_id')
		.where('kind', '=', 'gateway_mismatch')
		.where('closed_at', 'is', null)
		.execute()
	const subjects = new Set(items.map((item) => item.subject_id))
	const open = (await differences(house)).filter((row) => row.closed_at === null)
	expect(
		open.filter((row) => !subjects.has(row.subject_id ?? '') && !subjects.has(row.provider_ref ?? '')),
	).toEqual([])
})

test('a second run finds the same and nothing new', async () => {
	const before = await differences(house)
	const run = await reconcile(house)
	expect(run).toMatchObject({ found: 0, healed: 0 })
	expect((await differences(house)).map((row) => [row.id, row.closed_at, row.effect_minor])).toEqual(
		before.map((row) => [row.id, row.closed_at, row.effect_minor]),
	)
	expect(residuals(run)).toEqual({ eur: '0', usd: '0' })
})
