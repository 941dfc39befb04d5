import { afterAll, beforeAll, expect, test } from 'vitest'
import { uploadBankStatement } from '#app/commands/reconciliation/upload-bank-statement.server.ts'
import { listPayouts, listUnmatchedLines } from '#db/queries/bank-lines.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../ledger/invariants.ts'
import { balancesOf, chargedPayment } from '../payments/by-hand.ts'
import { reconcile, residuals } from './plants.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
	await chargedPayment(house, { amount: 10_000 })
	await chargedPayment(house, { amount: 20_000, currency: 'usd' })
	await fetch(`${house.sandbox.url}/sandbox/payouts`, { method: 'POST', body: '{"pending":true}' })
})
afterAll(() => house.close())

const NET = 10_000n - 320n
const inTwoDays = () => new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)

const upload = (text: string) =>
	uploadBankStatement(house.services, {
		merchantId: house.demo.merchantId,
		fileName: 'november.csv',
		bytes: Buffer.from(text),
		actor: { kind: 'console', ref: 'usr_test' },
	})

const payouts = () => listPayouts(house.services.db, house.demo.merchantId, 10)
const unmatched = () => listUnmatchedLines(house.services.db, house.demo.merchantId, 10)

test('a payout that the bank has not shown is on its way, and explained', async () => {
	const run = await reconcile(house)
	expect(residuals(run)).toEqual({ eur: '0', usd: '0' })
	expect(run?.totals).toMatchObject([
		{ currency: 'eur', gateway: '0', ledger: `${NET}`, onTheWay: `${-NET}` },
		{},
	])
	expect(run).toMatchObject({ found: 0 })
	expect(await payouts()).toMatchObject([{ bookedOn: null }, { bookedOn: null }])
})

test('a statement with a bad line keeps nothing', async () => {
	const answer = await upload(
		`date;amount;currency;text\n${inTwoDays()};96,80;EUR;STRIPE\n${inTwoDays()};x;EUR;y\n`,
	)
	expect(answer).toMatchObject({ ok: false, problems: [{ line: 3 }] })
	expect(await unmatched()).toEqual({ lines: [], total: 0 })
})

const statement = () =>
	`date;amount;currency;text\n${inTwoDays()};96,80;EUR;STRIPE PAYMENTS\n${inTwoDays()};-12,00;EUR;RENT\n${inTwoDays()};-12,00;EUR;RENT\n`

test('the payout a statement shows is booked once, with its audit entry; the rest stays unmatched', async () => {
	expect(await upload(statement())).toEqual({ ok: true, lines: 3, added: 3, matched: 1 })
	const [eur] = (await payouts()).filter((payout) => payout.currency === 'eur')
	expect(eur).toMatchObject({ amountMinor: NET, bookedOn: inTwoDays(), fileName: 'november.csv' })
	expect(await balancesOf(house)).toMatchObject({ bank: NET, gateway_clearing: 0n })
	expect((await unmatched()).lines.map((line) => line.amountMinor)).toEqual([-1_200n, -1_200n])
	expect(await violations(house.owner, ['I01', 'I02', 'I03', 'I04', 'I07', 'I25'])).toEqual([])
	const run = await reconcile(house)
	expect(residuals(run)).toEqual({ eur: '0', usd: '0' })
	expect(run).toMatchObject({ found: 0 })
	expect(run?.totals).toMatchObject([{ currency: 'eur', gateway: '0', ledger: '0', onTheWay: '0' }, {}])
})

test('the same statement again, or one that overlaps, adds only what is new', async () => {
	expect(await upload(statement())).toEqual({ ok: true, lines: 3, added: 0, matched: 0 })
	expect(await upload(`${statement()}${inTwoDays()};7,00;EUR;INTEREST\n`)).toMatchObject({
		added: 1,
		matched: 0,
	})
	expect(await balancesOf(house)).toMatchObject({ bank: NET })
})

test('two uploads at once book a payout once', async () => {
	const [usd] = (await payouts()).filter((payout) => payout.currency === 'usd')
	const line = `${inTwoDays()},${Number(usd?.amountMinor) / 100},USD,STRIPE ${String(usd?.ref)}`
	const answers = await Promise.all([1, 2, 3].map((n) => upload(`date,amount,currency,text\n${line} ${n}\n`)))
	const matched = answers.map((answer) => (answer.ok ? answer.matched : -1))
	expect(matched.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(1)
	await reconcile(house)
	expect(await balancesOf(house, 'usd')).toMatchObject({ bank: usd?.amountMinor, gateway_clearing: 0n })
	expect(await violations(house.owner, ['I01', 'I08', 'I25'])).toEqual([])
})
