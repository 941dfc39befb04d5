import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countRows } from '#tests/http/kept-rows.ts'
import { addMerchant, type SecondMerchant } from '#tests/http/second-merchant.ts'
import type { Answer } from '#tests/support/house.ts'
import { times } from '#tests/support/sizes.ts'
import { violations } from '../ledger/invariants.ts'
import { many, openPair, rounds, type Pair } from './two-instances.ts'

let pair: Pair
let stranger: SecondMerchant
beforeAll(async () => {
	pair = await openPair({ worker: false })
	stranger = await addMerchant(pair.houses[0])
})
afterAll(() => pair.close())

const PATH = '/api/v1/payments'
const BODY = { amount: 1_999, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }

const idOf = ({ body }: Answer) => String(body['id'])
const rows = () => countRows(pair.houses[0])

/** One made it; whoever was not told its very answer was told to come back. */
function expectOneAnswer(answers: readonly Answer[], status = 201): Answer {
	const made = answers.filter((answer) => answer.status === status)
	expect(new Set(made.map(({ text }) => text)).size).toBe(1)
	expect(made.filter(({ headers }) => !headers.has('idempotent-replayed'))).toHaveLength(1)
	for (const answer of answers) {
		if (answer.status === status) continue
		expect(answer).toMatchObject({ status: 409, body: { error: { code: 'idempotency_key_in_use' } } })
	}
	return made[0] as Answer
}

test.each(rounds(times(8, 160)))('C1, round %i: one key in 64 requests is one payment', async () => {
	const headers = { 'idempotency-key': randomUUID() }
	const before = await rows()
	const first = expectOneAnswer(await pair.rush(many(() => ({ path: PATH, body: BODY, headers }))))
	const after = await rows()
	for (const table of ['payments', 'keys', 'events', 'jobs']) {
		expect([table, after[table]]).toEqual([table, (before[table] ?? 0) + 1])
	}
	for (const house of pair.houses) {
		const again = await house.call('POST', PATH, BODY, headers)
		expect(again).toMatchObject({ status: 201, text: first.text })
		expect(again.headers.get('idempotent-replayed')).toBe('true')
	}
})

test.each(rounds(times(4, 80)))('C1, round %i: one key in 64 confirmations of a payment is one', async () => {
	const draft = await pair.houses[0].call('POST', PATH, { ...BODY, confirm: false })
	const path = `${PATH}/${idOf(draft)}/confirm`
	const headers = { 'idempotency-key': randomUUID() }
	const before = await rows()
	const first = expectOneAnswer(await pair.rush(many(() => ({ path, headers }))), 200)
	expect(first.body).toMatchObject({ id: idOf(draft), status: 'screening' })
	const after = await rows()
	expect(after['jobs']).toBe((before['jobs'] ?? 0) + 1)
	expect(after['events']).toBe((before['events'] ?? 0) + 1)
})

test.each(rounds(times(4, 80)))(
	'C2, round %i: of two bodies under one key one wins, and the other is told so',
	async () => {
		const headers = { 'idempotency-key': randomUUID() }
		const before = await rows()
		// Four in a row with the same body, so that each instance gets both.
		const amounts = many((index) => (index % 4 < 2 ? 1_000 : 2_000))
		const answers = await pair.rush(
			amounts.map((amount) => ({ path: PATH, body: { ...BODY, amount }, headers })),
		)
		const [winner] = answers.filter(({ status }) => status === 201)
		const amount = winner?.body['amount']
		expectOneAnswer(answers.filter((_, index) => amounts[index] === amount))
		for (const answer of answers.filter((_, index) => amounts[index] !== amount)) {
			expect(answer).toMatchObject({
				status: 422,
				body: { error: { code: 'idempotency_key_reused', resource_id: winner?.body['id'] } },
			})
		}
		expect((await rows())['payments']).toBe((before['payments'] ?? 0) + 1)
	},
)

test.each(rounds(times(4, 80)))('C3, round %i: the same key of two merchants is two keys', async () => {
	const key = { 'idempotency-key': randomUUID() }
	const answers = await pair.rush(
		many((index) => ({
			path: PATH,
			body: BODY,
			headers: index % 4 < 2 ? key : { ...key, ...stranger.headers },
		})),
	)
	const ours = expectOneAnswer(answers.filter((_, index) => index % 4 < 2))
	const theirs = expectOneAnswer(answers.filter((_, index) => index % 4 >= 2))
	expect(idOf(theirs)).not.toBe(idOf(ours))
	const owners = await pair.houses[0].services.db
		.selectFrom('payments')
		.select(['id', 'merchant_id'])
		.where('id', 'in', [idOf(ours), idOf(theirs)])
		.execute()
	expect(new Map(owners.map((row) => [row.id, row.merchant_id]))).toEqual(
		new Map([
			[idOf(ours), pair.houses[0].demo.merchantId],
			[idOf(theirs), stranger.merchantId],
		]),
	)
})

describe('afterwards', () => {
	test('no promise is broken', async () => {
		// Nobody works off the queue here.
		expect((await violations(pair.houses[0].services.db)).filter((line) => !/^I(16|20)/.test(line))).toEqual(
			[],
		)
	})
})
