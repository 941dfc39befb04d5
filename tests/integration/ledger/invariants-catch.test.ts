import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendRefund } from '#jobs/catalog/payments.ts'
import { readInvariants } from '#db/check-invariants.ts'
import type { Tx } from '#db/client.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { addMerchant } from '../../http/second-merchant.ts'
import { chargedPayment, runNow, takePayment } from '../payments/by-hand.ts'
import { FAULTS, MORE_FAULTS, type Ground } from './planted-faults.ts'

const STATEMENTS = readInvariants()
let house: House
let ground: Ground

beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	const one = await chargedPayment(house)
	const other = await chargedPayment(house)
	const refunded = await chargedPayment(house)
	const refund = await house.call('POST', `/api/v1/payments/${refunded}/refund`, { amount: 500 })
	await runNow(house, sendRefund)
	ground = {
		merchantId: house.demo.merchantId,
		otherMerchantId: (await addMerchant(house)).merchantId,
		paid: [one, other],
		refunded,
		refundId: String(refund.body['id']),
		unpaid: await takePayment(house, { confirm: false }),
	}
})
afterAll(() => house.close())

/** Which promises do not hold in this transaction. */
async function broken(tx: Tx): Promise<string[]> {
	const found: string[] = []
	for (const { invariant, text } of STATEMENTS) {
		const { rows } = await sql.raw(text).execute(tx)
		if (rows.length > 0) found.push(invariant)
	}
	return found
}

const UNDONE = new Error('undone')

/** What is broken after the fault; nothing of it stays. */
async function brokenBy(plant: (tx: Tx, ground: Ground) => Promise<unknown>): Promise<string[]> {
	let found: string[] = []
	const work = house.owner.transaction().execute(async (tx) => {
		await plant(tx, ground)
		found = await broken(tx)
		throw UNDONE
	})
	await expect(work).rejects.toBe(UNDONE)
	return found
}

test('nothing is broken before anything is planted', async () => {
	expect(await brokenBy(async () => undefined)).toEqual([])
})

test('there is a fault for every promise', () => {
	expect(Object.keys(FAULTS)).toEqual(STATEMENTS.map(({ invariant }) => invariant))
	expect(STATEMENTS).toHaveLength(31)
})

test.each(Object.entries(FAULTS))('%s, and no other, finds its fault', async (invariant, plant) => {
	expect(await brokenBy(plant)).toEqual([invariant])
})

test.each(MORE_FAULTS)('%s finds another fault of its kind', async (invariant, plant) => {
	expect(await brokenBy(plant)).toEqual([invariant])
})
